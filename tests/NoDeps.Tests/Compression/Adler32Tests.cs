using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Compression;

public class Adler32Tests
{
    public delegate uint Form(uint adler, ReadOnlySpan<byte> data);

    public static TheoryData<string> Forms =>
        Avx2.IsSupported ? new("scalar", "avx2", "chosen") : new("scalar", "chosen");

    private static Form Of(string name) => name switch
    {
        "scalar" => Adler32.UpdateScalar,
        "avx2" => Adler32Avx2.Update,
        _ => Adler32.Update,
    };

    /// <summary>RFC 1950 section 9, a division a byte.</summary>
    private static uint Definition(uint adler, ReadOnlySpan<byte> data)
    {
        uint a = adler & 0xFFFF, b = adler >> 16;
        foreach (byte x in data)
        {
            a = (a + x) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }

    [Theory, MemberData(nameof(Forms))]
    public void Known_vectors(string form)
    {
        Assert.Equal(1u, Of(form)(Adler32.Start, ""u8));
        Assert.Equal(0x00620062u, Of(form)(Adler32.Start, "a"u8));
        Assert.Equal(0x024D0127u, Of(form)(Adler32.Start, "abc"u8));
        Assert.Equal(0x11E60398u, Of(form)(Adler32.Start, "Wikipedia"u8));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Every_length_and_alignment_agrees_with_the_definition(string form)
    {
        byte[] data = new byte[400];
        new Random(1).NextBytes(data);
        for (int start = 0; start < 33; start++)
            for (int length = 0; length <= 300; length++)
                Assert.Equal(Definition(0xFFF0_FFF0, data.AsSpan(start, length)),
                    Of(form)(0xFFF0_FFF0, data.AsSpan(start, length)));
    }

    [Theory, MemberData(nameof(Forms))]
    public void The_largest_sums_do_not_overflow(string form)
    {
        byte[] data = new byte[30_000];
        data.AsSpan().Fill(255);
        for (int length = 5400; length < data.Length; length += length < 5700 ? 1 : 997)
            Assert.Equal(Definition(0xFFF0_FFF0, data.AsSpan(0, length)), Of(form)(0xFFF0_FFF0, data.AsSpan(0, length)));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Continues_where_it_stopped(string form) =>
        Prop.ForAll<byte[], byte[]>((a, b) =>
            Of(form)(Of(form)(Adler32.Start, a), b) == Definition(1, [.. a, .. b])).QuickCheckThrowOnFailure();
}
