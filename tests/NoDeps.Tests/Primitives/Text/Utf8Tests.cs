using System.Buffers;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.Unicode;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Decoding, encoding and checking of UTF-8 against Rune and Encoding.UTF8.</summary>
public sealed unsafe class Utf8Tests
{
    /// <summary>Both ends of every range that table 3-7 tells apart, and what lies beside them.</summary>
    private static readonly byte[] Borders =
    [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF,
    ];

    private static void DecodesAsRuneDoes(ReadOnlySpan<byte> text)
    {
        OperationStatus status = Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
        int taken = Utf8Decode.Next(text, out uint codePoint);
        int expected = status == OperationStatus.Done ? consumed : -consumed;
        if (taken != expected || codePoint != (uint)rune.Value)
            Assert.Fail($"{Convert.ToHexString(text)}: {taken} bytes, {codePoint:X}; Rune: {expected}, {rune.Value:X}");
    }

    [Fact]
    public void DecodesEverySequenceOfUpToThreeBytes()
    {
        DecodesAsRuneDoes([]);
        Span<byte> text = stackalloc byte[3];
        for (int i = 0; i < 1 << 24; i++)
        {
            text[0] = (byte)(i >> 16);
            text[1] = (byte)(i >> 8);
            text[2] = (byte)i;
            if ((i & 0xFFFF) == 0) DecodesAsRuneDoes(text.Slice(0, 1));
            if ((i & 0xFF) == 0) DecodesAsRuneDoes(text.Slice(0, 2));
            DecodesAsRuneDoes(text);
        }
    }

    [Fact]
    public void DecodesEverySequenceOfFourBytesUpToTheBordersOfTheLastTwo()
    {
        Span<byte> text = stackalloc byte[4];
        for (int i = 0xC000; i < 1 << 16; i++)
        {
            text[0] = (byte)(i >> 8);
            text[1] = (byte)i;
            foreach (byte third in Borders)
            {
                foreach (byte fourth in Borders)
                {
                    text[2] = third;
                    text[3] = fourth;
                    DecodesAsRuneDoes(text);
                }
            }
        }
    }

    [Fact]
    public void EncodesEveryCodePointAndDecodesItAgain()
    {
        Span<byte> expected = stackalloc byte[4];
        Span<byte> actual = stackalloc byte[Utf8Encode.MaxLength];
        for (uint codePoint = 0; codePoint <= 0x110100; codePoint++)
        {
            int length = Utf8Encode.Write(actual, codePoint);
            if (!Rune.TryCreate(codePoint, out Rune rune))
            {
                Assert.Equal(0, length);
                continue;
            }
            if (length != rune.EncodeToUtf8(expected) || !actual.Slice(0, length).SequenceEqual(expected.Slice(0, length)))
                Assert.Fail($"U+{codePoint:X}: {Convert.ToHexString(actual.Slice(0, length))}");
            Assert.Equal(0, Utf8Encode.Write(actual.Slice(0, length - 1), codePoint));
            if (Utf8Decode.Next(expected.Slice(0, length), out uint again) != length || again != codePoint)
                Assert.Fail($"U+{codePoint:X} comes back as U+{again:X}");
        }
        Assert.Equal(0, Utf8Encode.Write(actual, uint.MaxValue));
    }

    [Property(MaxTest = 5000)]
    public void ReplacesMaximalSubpartsAsEncodingDoes(DoNotSize<int> seed)
    {
        byte[] text = Mutated(new Random(seed.Item));
        var decoded = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            at += Math.Abs(Utf8Decode.Next(text.AsSpan(at), out uint codePoint));
            decoded.Append(new Rune(codePoint).ToString());
        }
        Assert.Equal(Encoding.UTF8.GetString(text), decoded.ToString());
    }

    [Property(MaxTest = 10000)]
    public void IsValidUpToTheFirstErrorOfRune(DoNotSize<int> seed)
    {
        byte[] text = Mutated(new Random(seed.Item));
        Checks(text);
        Assert.Equal(Utf8.IsValid(text), Utf8ValidLength.Of(text) == text.Length);
    }

    [Fact]
    public void EverySequenceOfBordersIsCheckedAtThePlacesWhereStepsMeet()
    {
        byte[] text = new byte[101];
        foreach (int place in new[] { 0, 3, 30, 31, 60, 68, 97 })
        {
            for (int i = 0; i < Borders.Length * Borders.Length * Borders.Length * Borders.Length; i++)
            {
                text.AsSpan().Fill(0x41);
                // So that the step is no ASCII step.
                "é"u8.CopyTo(text.AsSpan(place < 50 ? 50 : 45));
                for (int k = 0, n = i; k < 4; k++, n /= Borders.Length) text[place + k] = Borders[n % Borders.Length];
                int expected = FirstError(text);
                if (Avx2.IsSupported)
                {
                    fixed (byte* start = text)
                    {
                        if (Utf8ValidLengthAvx2.Of(start, text.Length) != expected)
                            Assert.Fail($"{Convert.ToHexString(text)}: {Utf8ValidLengthAvx2.Of(start, text.Length)}");
                    }
                }
            }
        }
    }

    [Fact]
    public void NothingOutsideTheTextIsRead()
    {
        using var page = new GuardedMemory();
        ReadOnlySpan<byte> pattern = "aé€😀"u8;
        for (int length = 0; length <= 300; length++)
        {
            for (int phase = 0; phase < pattern.Length; phase++)
            {
                byte[] text = new byte[length];
                for (int i = 0; i < length; i++) text[i] = pattern[(i + phase) % pattern.Length];
                int expected = FirstError(text);
                text.CopyTo(page.Bytes);
                Assert.Equal(expected, Utf8ValidLength.Of(page.Start, length));
                text.CopyTo(page.Bytes.Slice(page.Size - length));
                Assert.Equal(expected, Utf8ValidLength.Of(page.End - length, length));
                Assert.Equal(expected, Utf8ValidLengthScalar.Of(page.End - length, length));
            }
        }
    }

    private static void Checks(byte[] text)
    {
        int expected = FirstError(text);
        fixed (byte* start = text)
        {
            Assert.Equal(expected, Utf8ValidLengthScalar.Of(start, text.Length));
            if (Avx2.IsSupported) Assert.Equal(expected, Utf8ValidLengthAvx2.Of(start, text.Length));
            Assert.Equal(expected, Utf8ValidLength.Of(text));
        }
    }

    private static int FirstError(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(text.Slice(at), out _, out int consumed) == OperationStatus.Done) at += consumed;
        return at;
    }

    /// <summary>Text of one to four bytes a character, in runs, of which a few bytes have been changed, or cut off.</summary>
    private static byte[] Mutated(Random random)
    {
        var text = new List<byte>();
        int length = random.Next(random.Next(2) == 0 ? 40 : 600);
        int[] most = [0x7F, 0x7F, 0x7FF, 0xFFFF, 0x10FFFF];
        while (text.Count < length)
        {
            int below = most[random.Next(most.Length)];
            for (int run = random.Next(200); run > 0 && text.Count < length; run -= 5)
            {
                int value = random.Next(below + 1);
                if (!Rune.IsValid(value)) continue;
                byte[] bytes = Encoding.UTF8.GetBytes(new Rune(value).ToString());
                text.AddRange(bytes);
            }
        }
        byte[] all = [.. text];
        if (random.Next(3) > 0 && all.Length > 0)
        {
            for (int i = random.Next(4); i >= 0; i--) all[random.Next(all.Length)] = Borders[random.Next(Borders.Length)];
        }
        return random.Next(3) == 0 ? all[..random.Next(all.Length + 1)] : all;
    }
}
