using System.Diagnostics;
using System.Text;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Weights of every type, and headers of many names.</summary>
public sealed unsafe class SafetensorsNumbersTests
{
    private static byte[] Made(string header, byte[] data) =>
        [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. data];

    private static FaultRecord Read(string type, byte[] data, int count, out float[] numbers)
    {
        byte[] file = Made($$$"""{"w":{"dtype":"{{{type}}}","shape":[{{{count}}}],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        numbers = new float[count];
        fixed (byte* f = file)
        fixed (float* to = numbers)
        {
            Fault fault = SafetensorsFile.Open(f, file.Length, out SafetensorsFile opened);
            Assert.True(fault.IsNone, FaultRecord.Of(fault).ToString());
            Assert.True(opened.TryFind("w"u8, out SafetensorsEntry entry));
            Assert.Equal(count, entry.Count);
            fault = SafetensorsNumbers.ToSingle(entry, to);
            Assert.Equal(fault.IsNone, SafetensorsNumbers.IsReadable(entry.Type) && fault.IsNone);
            return FaultRecord.Of(fault);
        }
    }

    [Fact]
    public void WeightsOfEveryFloatingPointType()
    {
        float[] values = [0, -0f, 1, -1.5f, 0.333251953125f, 65504, float.PositiveInfinity, 5.9604645e-8f];
        Assert.True(Read("F32", [.. values.SelectMany(BitConverter.GetBytes)], 8, out float[] found).IsNone);
        Assert.Equal(values, found);
        Assert.True(Read("F64", [.. values.SelectMany(v => BitConverter.GetBytes((double)v))], 8, out found).IsNone);
        Assert.Equal(values, found);
        Assert.True(Read("F16", [.. values.SelectMany(v => BitConverter.GetBytes((Half)v))], 8, out found).IsNone);
        Assert.Equal(values, found);
        Assert.True(Read("BF16", [0x80, 0x3F, 0x49, 0xC0], 2, out found).IsNone);
        Assert.Equal([1f, -3.140625f], found);
        Assert.True(Read("F64", BitConverter.GetBytes(0.1), 1, out found).IsNone);
        Assert.Equal([0.1f], found);
    }

    [Fact]
    public void WhatIsNoWeightIsRefused()
    {
        FaultRecord fault = Read("F64", [.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(1e39)], 2, out _);
        Assert.Equal(("element 1 is beyond the range of single precision", "1E39"), (fault.What, fault.Quote.Replace("+", "")));
        fault = Read("I32", new byte[8], 2, out _);
        Assert.Equal(("weights of this dtype cannot be read", "I32"), (fault.What, fault.Quote));
    }

    [Theory]
    [InlineData("BOOL", 1)]
    [InlineData("U16", 2)]
    [InlineData("U32", 4)]
    [InlineData("U64", 8)]
    [InlineData("F8_E4M3", 1)]
    [InlineData("F8_E5M2", 1)]
    [InlineData("F8_E8M0", 1)]
    [InlineData("F8_E4M3FNUZ", 1)]
    [InlineData("F8_E5M2FNUZ", 1)]
    [InlineData("C64", 8)]
    public void TensorsOfOtherTypesDoNotSpoilAFile(string type, int size) =>
        Assert.Equal(type, Read(type, new byte[3 * size], 3, out _).Quote);

    /// <summary>
    /// Names whose hashes under FNV-1a without a key agree in as many lower bits as the table has: with that hash they take
    /// more than ten times as long as others.
    /// </summary>
    [Fact]
    public void NamesMadeToCollideTakeNoMoreTimeThanOthers()
    {
        const int Names = 20_000;
        string[] colliding = [.. Colliding().Take(Names)], others = [.. colliding.Select((name, i) => name[..8] + $"{i % 90 + 10}")];
        Assert.Equal(Names, others.Distinct().Count());
        double best = double.MaxValue, bestOther = double.MaxValue;
        for (int i = 0; i < 4; i++)
        {
            bestOther = Math.Min(bestOther, SecondsToOpen(others));
            best = Math.Min(best, SecondsToOpen(colliding));
        }
        Assert.InRange(best, 0, 4 * bestOther);
    }

    private static IEnumerable<string> Colliding()
    {
        const uint Basis = 2166136261, Prime = 16777619, Mask = 0xFFFF;
        for (uint number = 0; ; number++)
        {
            string prefix = number.ToString("x8");
            uint hash = Basis;
            foreach (char c in prefix) hash = (hash ^ c) * Prime;
            for (uint c = 'a'; c <= 'z'; c++)
            {
                // The last letter brings the lower bits to zero, if it is a letter.
                uint last = (hash ^ c) * Prime & Mask;
                if (last is >= 'a' and <= 'z') yield return prefix + (char)c + (char)last;
            }
        }
    }

    private static double SecondsToOpen(string[] names)
    {
        string tensors = string.Join(',', names.Select(n => $$$"""
            "{{{n}}}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}
            """));
        byte[] file = Made($"{{{tensors}}}", []);
        fixed (byte* f = file)
        {
            long start = Stopwatch.GetTimestamp();
            Assert.True(SafetensorsFile.Open(f, file.Length, out SafetensorsFile opened).IsNone);
            Assert.Equal(names.Length, opened.Count);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
