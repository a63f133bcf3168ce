using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.CoreLib;

/// <summary>
/// The law must be able to fail: declarations that break it, each in one way, are compiled in namespace System and
/// held against .NET's. A breach that goes unnoticed fails here, and so does one seen where there is none.
/// </summary>
public sealed class SurfaceLawTests(SurfaceLawTests.Compiled compiled) : IClassFixture<SurfaceLawTests.Compiled>
{
    /// <summary>Members that are .NET's own, taken over with all that the law compares.</summary>
    private const string Lawful = """
        namespace System
        {
            public static class Math
            {
                public const double PI = 3.14159265358979323846;
                public static int Abs(int value) => value;
                public static ulong BigMul(ulong a, ulong b, out ulong low) => low = a;
            }
            public readonly ref struct ReadOnlySpan<T>
            {
                readonly ref T first;
                public unsafe ReadOnlySpan(void* pointer, int length) => first = ref *(T*)pointer;
                public int Length => 0;
                public ref readonly T this[int index] => ref first;
                public static implicit operator ReadOnlySpan<T>(T[] array) => default;
            }
            [Flags] public enum AttributeTargets { Assembly = 1, All = 32767 }
            public enum DayOfWeek { Sunday, Monday }
            public delegate void Action<in T>(T obj);
            public sealed class Version
            {
                public Version() { }
                public override string ToString() => "";
                internal int Hidden() => 0;
            }
            internal class OnlyOurs { public int Anything; }
        }
        namespace System.Threading
        {
            public static class Volatile
            {
                public static int Read(ref readonly int location) => location;
            }
            public static class Interlocked { public static int Increment(ref int location) => ++location; }
        }
        namespace System.Runtime.CompilerServices
        {
            public static class Unsafe { public static T As<T>(object o) where T : class => null; }
        }
        namespace System.Runtime.InteropServices
        {
            public static class MemoryMarshal
            {
                public static Span<byte> AsBytes<T>(Span<T> span) where T : struct => default;
            }
        }
        namespace System.Runtime.Intrinsics.X86
        {
            public abstract class Bmi1 { internal Bmi1() { } public static bool IsSupported => false; }
        }
        """;

    /// <summary>One breach a line or block; the comment before it is what the report must contain.</summary>
    private const string Unlawful = """
        namespace System
        {
            // System.Invented: public, but .NET has no such public type
            public class Invented { private Invented() { } }
            // System.MathF: kind 'struct', .NET has 'class'
            public struct MathF { }
            // System.GC: modifiers '', .NET has 'static'
            public class GC { internal GC() { } }
            // System.Version: modifiers '', .NET has 'sealed'
            // System.Version: method .ctor(System.Single): .NET has no such member; it has method .ctor()
            // System.Version: method get_Major(): 'public returns System.Int64', .NET has
            // System.Version: property Major: 'System.Int64', .NET has 'System.Int32'
            // System.Version: implements System.Collections.IEnumerable, which .NET's does not
            public class Version : System.Collections.IEnumerable
            {
                public Version(float x) { }
                public long Major => 0;
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null;
            }
            // System.ArgumentException: base type 'System.Version', .NET has 'System.Object'
            public class ArgumentException : Version { public ArgumentException() : base(0f) { } }
            public static class Math
            {
                // System.Math: method Frobnicate(System.Int32): .NET has no such member
                public static int Frobnicate(int x) => x;
                // System.Math: method Abs(System.Int32): 'public static returns System.Int64'
                public static long Abs(int value) => value;
                // System.Math: field PI: 'public const System.Double = 0x4008000000000000 (3)'
                public const double PI = 3;
                // System.Math: field E: 'public static readonly System.Double'
                public static readonly double E = 2;
                // System.UInt64 passing (value, value, ref)', .NET has
                public static ulong BigMul(ulong a, ulong b, ref ulong low) => 0;
            }
            // System.DayOfWeek: field Monday: 'public const System.DayOfWeek = 2', .NET has
            // System.DayOfWeek: field Someday: .NET has no such member
            public enum DayOfWeek { Sunday, Monday = 2, Someday = 9 }
            // System.Span`1: modifiers '', .NET has 'readonly ref'
            // System.Span`1: method get_Length(): 'public returns System.Int32', .NET has 'public readonly
            public struct Span<T> { public int Length => 0; }
            // System.Action`1: generic parameter 0 is constrained '', in .NET 'contravariant'
            public delegate void Action<T>(T obj);
            public class Random
            {
                // System.Random: method Next(): 'public returns System.Int32', .NET has 'public virtual
                public int Next() => 0;
                // System.Random: method Sample(): 'public virtual returns System.Double', .NET has 'protected virtual
                public virtual double Sample() => 0;
                // System.Random: method NextInt64(): 'public static returns
                public static long NextInt64() => 0;
                // System.Random: method NextBytes(System.Byte[]): parameter 0 defaults to null, in .NET it has
                public virtual void NextBytes(byte[] buffer = null) { }
                // System.Random: method Protected(): .NET has no such member
                protected void Protected() { }
            }
        }
        namespace System.Threading
        {
            public static class Volatile
            {
                // Volatile: method Read(System.Int32&): 'public static returns System.Int32 passing (in)'
                public static int Read(in int location) => location;
            }
        }
        namespace System.Runtime.CompilerServices
        {
            public static class Unsafe
            {
                // method As``1(System.Object): generic parameter 0 is constrained '', in .NET 'class'
                public static T As<T>(object o) => default;
            }
        }
        namespace System.Runtime.InteropServices
        {
            public static class MemoryMarshal
            {
                // method Read``1(System.ReadOnlySpan`1<System.Byte>): generic parameter 0 is constrained 'struct Sys
                public static T Read<T>(ReadOnlySpan<byte> source) where T : unmanaged => default;
            }
        }
        namespace System.Runtime.Intrinsics.X86
        {
            // System.Runtime.Intrinsics.X86.Bmi1: method .ctor(): .NET has no such member
            public abstract class Bmi1
            {
                // System.Runtime.Intrinsics.X86.Bmi1+X86: public, but .NET has no such public type
                public static class X86 { }
            }
        }
        """;

    [Fact]
    public void LawfulDeclarationsPass() => Assert.Empty(compiled.Breaches(Lawful));

    [Fact]
    public void EveryBreachIsReportedAndNothingElse()
    {
        string[] expected = [.. Unlawful.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("// ", StringComparison.Ordinal)).Select(line => line[3..])];
        List<string> found = compiled.Breaches(Unlawful);
        Assert.All(expected, text => Assert.Contains(found, breach => breach.Contains(text, StringComparison.Ordinal)));
        Assert.All(found, breach => Assert.Contains(expected, text => breach.Contains(text, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, found.Count);
    }

    /// <summary>Compiles declarations against .NET's reference assemblies, whose types they shadow.</summary>
    public sealed class Compiled : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("nodeps-surface-").FullName;
        private readonly SurfaceReader _dotnet = new(DotNetInstallation.ReferenceAssemblies());

        /// <summary>What the law finds in this source text.</summary>
        internal List<string> Breaches(string source)
        {
            string path = Path.Combine(_folder, $"a{source.Length}");
            File.WriteAllText(path + ".cs", source);
            File.WriteAllLines(path + ".rsp", ["/target:library", "/unsafe", "/nologo", "/warn:0", "/nostdlib",
                "/langversion:14.0", $"/out:\"{path}.dll\"", $"\"{path}.cs\"",
                .. DotNetInstallation.ReferenceAssemblies().Select(reference => $"/r:\"{reference}\"")]);
            var start = new ProcessStartInfo(Path.Combine(DotNetInstallation.Root, "dotnet"),
                ["exec", DotNetInstallation.CSharpCompiler(), "/noconfig", $"@{path}.rsp"])
            {
                RedirectStandardOutput = true,
            };
            using Process compiler = Process.Start(start)!;
            string output = compiler.StandardOutput.ReadToEnd();
            compiler.WaitForExit();
            Assert.True(compiler.ExitCode == 0, output);
            using var ours = new SurfaceReader([path + ".dll"]);
            return SurfaceLaw.Breaches(ours, _dotnet);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _dotnet.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
