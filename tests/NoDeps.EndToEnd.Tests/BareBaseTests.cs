using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>What only the bare world has: its checks, casts and crashes, by another program on the same base.</summary>
public sealed class BareBaseTests(BareBaseTests.Program program) : IClassFixture<BareBaseTests.Program>
{
    private const int AbortExitCode = 134;

    private const string Source = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Threading;
        using NoDeps.Platform;

        internal static unsafe class Entry
        {
            private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

            private abstract class Animal { public abstract int Legs(); }
            private class Bird : Animal { public override int Legs() => 2; }
            private sealed class Robin : Bird { }
            private sealed class Beetle : Animal { public override int Legs() => 6; }

            [UnmanagedCallersOnly(EntryPoint = "nd_main")]
            private static int Start(nint* block, int level)
            {
                int number = ((byte*)block[2])[0] - '0';
                int[] four = new int[4];
                Animal animal = number > 4 ? new Beetle() : new Robin();
                switch (number)
                {
                    case 0: return Index(four, number + 4);
                    case 1: return Slice(four, number + 2);
                    case 2: return Divide(four[0], four[1]);
                    case 3: return Read((int*)(nint)(number + 5));
                    case 4: return Cast(animal);
                    case 5: return Keep(new Bird[2], animal);
                    case 6: return Deep(number);
                    case 7: return Works(animal) ? 42 : 1;
                }
                return 0;
            }

            // A method each: the compiler joins the failures of one kind in a method.
            [MethodImpl(Apart)]
            private static int Index(int[] four, int i) => four[i]; // 0
            [MethodImpl(Apart)]
            private static int Slice(Span<int> span, int i) => span.Slice(i, 3).Length; // 1
            [MethodImpl(Apart)]
            private static int Divide(int a, int b) => a / b; // 2
            [MethodImpl(Apart)]
            private static int Read(int* address) => *address; // 3
            [MethodImpl(Apart)]
            private static int Cast(Animal animal) => ((Beetle)animal).Legs(); // 4
            [MethodImpl(Apart)]
            private static int Keep(Animal[] birds, Animal animal) { birds[1] = animal; return 0; } // 5
            private static int Deep(int n) => n == int.MinValue ? 0 : Deep(n + 1) + Deep(n - 1);

            private static bool Works(Animal animal)
            {
                Animal[] birds = new Bird[2];
                birds[0] = new Robin();
                birds[1] = null;
                Bird bird = birds[0] as Bird;
                int counter = 40;
                Interlocked.Increment(ref counter);
                Interlocked.Add(ref counter, 5);
                bool swapped = Interlocked.CompareExchange(ref counter, 7, 46) == 46;
                return animal.Legs() == 6 && birds[0].Legs() == 2 && bird != null && animal as Bird == null
                    && animal is Beetle && swapped && Volatile.Read(ref counter) == 7 && Math.BigMul(ulong.MaxValue, 3, out ulong low) == 2
                    && low == ulong.MaxValue - 2 && CountsAllocations(1000);
            }

            private static bool CountsAllocations(int bytes)
            {
                long before = GC.GetTotalAllocatedBytes(false);
                byte[] made = Make(bytes);
                long counted = GC.GetTotalAllocatedBytes(false) - before;
                return made.Length == bytes && made[bytes - 1] == 0 && counted >= bytes && counted < bytes + 64;
            }

            [MethodImpl(Apart)]
            private static byte[] Make(int bytes) => new byte[bytes];

            private static void Main()
            {
            }
        }
        """;

    /// <summary>Built once for all tests.</summary>
    public sealed class Program : IDisposable
    {
        private readonly TestFolder _folder = new();

        public Program()
        {
            ProcessResult build = BareBuild.Run(_folder, "Release", $"-p:EntrySource={_folder.Write("Entry.cs", Source)}");
            Assert.True(build.ExitCode == 0, build.ToString());
        }

        internal string Out => _folder["out"];

        public void Dispose() => _folder.Dispose();
    }

    private ProcessResult Run(int number) => Command.Run(Path.Combine(program.Out, "nodeps"), [$"{number}"]);

    [Theory]
    [InlineData(0, "index out of range")]
    [InlineData(1, "range outside its span")]
    [InlineData(2, "division by zero")]
    [InlineData(3, "invalid memory access")]
    [InlineData(4, "wrong type")]
    [InlineData(5, "wrong type")]
    public void AFailedCheckSaysWhatAndWhereAndEndsTheProgram(int number, string what)
    {
        ProcessResult result = Run(number);
        Assert.Equal(AbortExitCode, result.ExitCode);
        Match match = Regex.Match(result.Error, "^nodeps: internal error: (.*) at code offset (0x[0-9a-f]+); ");
        Assert.True(match.Success, result.ToString());
        Assert.Equal(what, match.Groups[1].Value);
        if (!Command.Exists("addr2line")) return;
        ProcessResult line = Command.Run("addr2line",
            ["-e", Path.Combine(program.Out, "nodeps.debug"), match.Groups[2].Value]);
        Match place = Regex.Match(line.Output, @"Entry\.cs:(\d+)");
        if (what == "wrong type") return; // the place is in the cast itself
        Assert.True(place.Success, line.ToString());
        int found = int.Parse(place.Groups[1].Value);
        int planted = Array.FindIndex(Source.Split('\n'), text => text.TrimEnd().EndsWith($"// {number}")) + 1;
        Assert.Equal(planted, found);
    }

    [Fact]
    public void AnOverflowOfTheStackEndsTheProgram() => Assert.NotInRange(Run(6).ExitCode, 0, 127);

    [Fact]
    public void ObjectsCastsAndAtomicsWorkAsInDotNet() => Assert.Equal(42, Run(7).ExitCode);
}
