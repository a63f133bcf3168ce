using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Compression;

public class Crc32Tests
{
    public delegate uint Form(uint crc, ReadOnlySpan<byte> data);

    public static TheoryData<string> Forms => Crc32Clmul512.IsSupported
        ? new("bitwise", "slice8", "clmul", "clmul512", "chosen")
        : Pclmulqdq.IsSupported ? new("bitwise", "slice8", "clmul", "chosen")
        : new("bitwise", "slice8", "chosen");

    private static Form Of(string name) => name switch
    {
        "bitwise" => Crc32.UpdateBitwise,
        "slice8" => Crc32Slice8.Update,
        "clmul" => Crc32Clmul.Update,
        "clmul512" => Crc32Clmul512.Update,
        _ => Crc32.Update,
    };

    [Theory, MemberData(nameof(Forms))]
    public void Known_vectors(string form)
    {
        Assert.Equal(0u, Of(form)(0, ""u8));
        Assert.Equal(0xCBF43926u, Of(form)(0, "123456789"u8));
        Assert.Equal(0xE8B7BE43u, Of(form)(0, "a"u8));
        Assert.Equal(0x352441C2u, Of(form)(0, "abc"u8));
        Assert.Equal(0x414FA339u, Of(form)(0, "The quick brown fox jumps over the lazy dog"u8));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Every_length_and_alignment_agrees_with_the_definition(string form)
    {
        byte[] data = new byte[1200];
        new Random(1).NextBytes(data);
        for (int start = 0; start < 16; start++)
            for (int length = 0; length <= 1100; length += start == 0 ? 1 : 7)
                Assert.Equal(Crc32.UpdateBitwise(0x12345678, data.AsSpan(start, length)),
                    Of(form)(0x12345678, data.AsSpan(start, length)));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Agrees_with_the_definition_and_continues_where_it_stopped(string form) =>
        Prop.ForAll<uint, byte[], byte[]>((crc, a, b) =>
            Of(form)(Of(form)(crc, a), b) == Crc32.UpdateBitwise(crc, [.. a, .. b])).QuickCheckThrowOnFailure();

    [Fact]
    public void Table_is_that_of_the_definition()
    {
        // The register, without inversions, after byte b and k zero bytes.
        for (int k = 0; k < 8; k++)
            for (int b = 0; b < 256; b++)
            {
                byte[] text = new byte[k + 1];
                text[0] = (byte)b;
                Assert.Equal(~Crc32.UpdateBitwise(uint.MaxValue, text), Crc32Slice8.Table[256 * k + b]);
            }
    }

    /// <summary>x^(power − 32) modulo the polynomial, reflected in 33 bits.</summary>
    private static ulong Power(int power)
    {
        uint register = 0x80000000; // x^0
        for (int p = 0; p < power - 32; p++)
            register = (register >> 1) ^ ((register & 1) != 0 ? Crc32.Polynomial : 0);
        return (ulong)register << 1;
    }

    [Fact]
    public void Folding_constants_follow_from_the_polynomial()
    {
        int[] powers = [512 + 64, 512, 128 + 64, 128];
        for (int i = 0; i < 4; i++) Assert.Equal(Power(powers[i]), Crc32Clmul.Fold[i]);
        for (int i = 0; i < 16; i++)
            Assert.Equal(Power((i < 8 ? 2048 : 512) + (i % 2 == 0 ? 64 : 0)), Crc32Clmul512.Fold[i]);

        // Long division of x^96, highest coefficient first.
        UInt128 rest = (UInt128)1 << 96, divisor = ((UInt128)1 << 32) | Reverse(Crc32.Polynomial, 32);
        ulong quotient = 0; // reflected: the coefficient of x^(64-i) in bit i
        for (int i = 0; i < 64; i++)
        {
            if ((rest >> (96 - i) & 1) == 0) continue;
            quotient |= 1UL << i;
            rest ^= divisor << (64 - i);
        }
        Assert.Equal(Crc32Clmul.Reciprocal, quotient);
    }

    private static ulong Reverse(ulong x, int bits)
    {
        ulong y = 0;
        for (int i = 0; i < bits; i++) y |= (x >> i & 1) << (bits - 1 - i);
        return y;
    }
}
