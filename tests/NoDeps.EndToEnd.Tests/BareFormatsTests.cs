using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The readers of data sets on the bare base: a program that reads a small file of each format.</summary>
public sealed class BareFormatsTests : IDisposable
{
    private const string Source = """"
        using System;
        using System.Runtime.InteropServices;
        using NoDeps.Formats;
        using NoDeps.Primitives;

        internal static unsafe class Entry
        {
            [UnmanagedCallersOnly(EntryPoint = "nd_main")]
            private static int Start(nint* block, int level)
            {
                if (!Csv()) return 1;
                if (!Npy()) return 2;
                if (!Npz()) return 3;
                if (!Cifar()) return 4;
                if (!Numbers()) return 5;
                return 42;
            }

            private static bool Csv()
            {
                ReadOnlySpan<byte> text = "label,a,b,c,d\r\n7,0,1,\"254\",255\r\n3,4,5,6,7\n"u8;
                byte* numbers = stackalloc byte[16];
                fixed (byte* t = text)
                {
                    if (!NoDeps.Formats.Csv.Measure(t, text.Length, out CsvShape shape).IsNone || shape.Rows != 2) return false;
                    if (!CsvPixels.Parse(t, shape, numbers, numbers + 2, out PixelScale scale).IsNone) return false;
                    bool wrong = !NoDeps.Formats.Csv.Measure(t, text.Length - 3, out _).IsNone;
                    return wrong && new ReadOnlySpan<byte>(numbers, 10).SequenceEqual([7, 3, 0, 1, 254, 255, 4, 5, 6, 7]);
                }
            }

            private const int ArrayLength = 83;

            private static void WriteArray(Span<byte> to)
            {
                to.Clear();
                to[0] = 0x93;
                // A header of 57 bytes.
                "NUMPY\u0001\09\0{'descr': '<f4', 'fortran_order': True, 'shape': (1,2,2)}"u8.CopyTo(to.Slice(1));
                to[73] = 0x80;
                to[74] = to[78] = 0x3F;
            }

            private static bool Npy()
            {
                byte* file = stackalloc byte[ArrayLength];
                WriteArray(new Span<byte>(file, ArrayLength));
                return IsArray(file, ArrayLength);
            }

            private static bool IsArray(byte* file, long length)
            {
                byte* to = stackalloc byte[4];
                return NoDeps.Formats.Npy.Open(file, length, out NumericArray array).IsNone
                    && ImageLayout.Recognize(array, out ImageLayout layout).IsNone
                    && NumericPixels.Scan(array, out PixelScale scale).IsNone && scale == PixelScale.Times255
                    && NumericPixels.Convert(array, layout, scale, 0, 1, to).IsNone
                    && new ReadOnlySpan<byte>(to, 4).SequenceEqual([0, 128, 255, 0]);
            }

            private static bool Npz()
            {
                const int Name = 11, Length = ArrayLength, Local = 30 + Name + Length, Directory = 46 + Name;
                byte* file = stackalloc byte[Local + Directory + 22];
                var all = new Span<byte>(file, Local + Directory + 22);
                all.Clear();
                "PK\u0003\u0004"u8.CopyTo(all);
                "PK\u0001\u0002"u8.CopyTo(all.Slice(Local));
                "PK\u0005\u0006"u8.CopyTo(all.Slice(Local + Directory));
                "x_train.npy"u8.CopyTo(all.Slice(30));
                "x_train.npy"u8.CopyTo(all.Slice(Local + 46));
                WriteArray(all.Slice(30 + Name, Length));
                all[18] = all[22] = all[Local + 20] = all[Local + 24] = Length;
                all[26] = all[Local + 28] = Name;
                uint crc = Crc32.Update(0, all.Slice(30 + Name, Length));
                for (int i = 0; i < 4; i++) all[14 + i] = all[Local + 16 + i] = (byte)(crc >> (8 * i));
                all[Local + Directory + 8] = all[Local + Directory + 10] = 1;
                all[Local + Directory + 12] = Directory;
                all[Local + Directory + 16] = Local;
                InflateTables tables = default;
                byte* content = stackalloc byte[Length];
                return Zip.Open(file, all.Length, out Zip zip).IsNone
                    && NoDeps.Formats.Npz.TryFind(zip, NpzRole.TrainImages, out ZipEntry entry)
                    && zip.Extract(entry, content, Length, ref tables).IsNone && IsArray(content, Length);
            }

            private static bool Cifar()
            {
                byte* file = stackalloc byte[3073], to = stackalloc byte[3073];
                new Span<byte>(file, 3073).Fill(9);
                if (!NoDeps.Formats.Cifar.Open(file, 3073, CifarKind.Ten, out long images).IsNone || images != 1) return false;
                NoDeps.Formats.Cifar.Convert(file, 1, CifarKind.Ten, to, to + 1);
                return to[0] == 9 && to[3072] == 9 && ClassNames.NameOf(ClassNameSet.Cifar10, to[0]).SequenceEqual("truck"u8);
            }

            private static bool Numbers() => HalfPrecision.ToSingle(0x3555) == 0.333251953125f && HalfPrecision.FromSingle(65520) == 0x7C00
                && BrainFloat.FromSingle(-3.140625f) == 0xC049;

            private static void Main()
            {
            }
        }
        """";

    private readonly TestFolder _folder = new();

    [Fact]
    public void EveryReaderWorksWithoutARuntime()
    {
        ProcessResult build = BareBuild.Run(_folder, "Release", $"-p:EntrySource={_folder.Write("Entry.cs", Source)}");
        Assert.True(build.ExitCode == 0, build.ToString());
        ProcessResult result = Command.Run(Path.Combine(_folder["out"], "nodeps"), []);
        Assert.True(result.ExitCode == 42, result.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
