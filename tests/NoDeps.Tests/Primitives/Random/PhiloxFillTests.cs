using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Many numbers of Philox at once: the same stream in every form, however it is cut.</summary>
public sealed unsafe class PhiloxFillTests
{
    private static readonly ulong[] Corners = [0, 1, uint.MaxValue, 1UL << 32, ulong.MaxValue - 5, ulong.MaxValue];

    private static uint[] OneByOne(ulong seed, ulong stream, ulong block, int blocks)
    {
        uint[] numbers = new uint[4 * blocks];
        fixed (uint* p = numbers) Assert.Equal(blocks, PhiloxScalar.Fill(p, blocks, seed, stream, block));
        return numbers;
    }

    [Property(MaxTest = 3000)]
    public void Vector_forms_write_the_blocks_of_the_scalar_form(
        DoNotSize<ulong> seed, DoNotSize<ulong> stream, DoNotSize<ulong> place, byte corner, byte count)
    {
        ulong block = corner % 2 == 0 ? place.Item : Corners[corner / 2 % Corners.Length];
        uint[] expected = OneByOne(seed.Item, stream.Item, block, count);
        for (int form = 0; form < (Avx512F.IsSupported ? 2 : Avx2.IsSupported ? 1 : 0); form++)
        {
            uint[] numbers = new uint[4 * count];
            int done, step = form == 0 ? 4 : 8;
            fixed (uint* p = numbers)
            {
                done = (int)(form == 0
                    ? PhiloxAvx2.Fill(p, count, seed.Item, stream.Item, block)
                    : PhiloxAvx512.Fill(p, count, seed.Item, stream.Item, block));
            }
            Assert.Equal(count / step * step, done);
            Assert.Equal(expected.Take(4 * done), numbers.Take(4 * done));
            Assert.All(numbers.Skip(4 * done), n => Assert.Equal(0u, n));
        }
    }

    [Property(MaxTest = 2000)]
    public void A_stream_may_be_drawn_in_any_pieces(DoNotSize<ulong> seed, DoNotSize<ulong> block, byte[] pieces)
    {
        var random = new Philox(seed.Item, 9);
        var single = random;
        random.Seek(block.Item);
        single.Seek(block.Item);
        foreach (byte piece in pieces)
        {
            switch (piece % 4)
            {
                case 0:
                    Assert.Equal(single.NextUInt32(), random.NextUInt32());
                    break;
                case 1:
                    uint[] numbers = new uint[piece];
                    random.Fill(numbers);
                    Assert.All(numbers, n => Assert.Equal(single.NextUInt32(), n));
                    break;
                case 2:
                    float[] floats = new float[piece];
                    random.Fill(floats);
                    Assert.All(floats, n => Assert.Equal(single.NextSingle(), n));
                    break;
                default:
                    double[] doubles = new double[piece];
                    random.Fill(doubles);
                    Assert.All(doubles, n => Assert.Equal(single.NextDouble(), n));
                    break;
            }
        }
        Assert.Equal(single.NextUInt64(), random.NextUInt64());
    }

    [Fact]
    public void Parts_of_a_stream_do_not_depend_on_the_number_of_threads()
    {
        const int Blocks = 4096, Parts = 7;
        uint[] whole = OneByOne(11, 12, 0, Blocks), inParts = new uint[4 * Blocks];
        Parallel.For(0, Parts, part =>
        {
            int from = Blocks * part / Parts, to = Blocks * (part + 1) / Parts;
            var random = new Philox(11, 12);
            random.Seek((ulong)from);
            random.Fill(inParts.AsSpan(4 * from, 4 * (to - from)));
        });
        Assert.Equal(whole, inParts);
    }
}
