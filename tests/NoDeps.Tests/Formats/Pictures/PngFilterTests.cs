using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>The filters of PNG rows: every form gives what the definition gives, and touches nothing else.</summary>
public sealed unsafe class PngFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void EveryFilterIsAsDefinedUpToTheEndOfItsRow(int pixel)
    {
        var random = new Random(pixel);
        for (int trial = 0; trial < 400; trial++)
        {
            int length = pixel * random.Next(1, trial % 10 == 0 ? 300 : 20);
            byte[] row = new byte[length], above = new byte[length];
            random.NextBytes(row);
            random.NextBytes(above);
            // Equal and nearly equal neighbors are where ties are decided.
            if (trial % 3 == 0) for (int i = 0; i < length; i++) above[i] = (byte)(above[i] & 3);
            if (trial % 3 == 0) for (int i = 0; i < length; i++) row[i] = (byte)(row[i] % 3 - 1);
            for (int type = 0; type <= 4; type++)
            {
                using GuardedBuffer expected = new(row), found = new(row), up = new(above);
                PngFilter.UndoScalar(type, expected.Start, up.Start, length, pixel);
                PngFilter.Undo(type, found.Start, up.Start, length, pixel);
                Assert.True(expected.Bytes.SequenceEqual(found.Bytes), $"type {type}, {length} bytes");
                Assert.True(up.Bytes.SequenceEqual(above));
            }
        }
    }

    /// <summary>The predictor of Paeth over all 2^24 arguments.</summary>
    [Fact]
    public void EveryPredictionIsPaeths()
    {
        const int Columns = 256;
        byte* row = stackalloc byte[2 * 4 * Columns], above = row + 4 * Columns;
        for (int left = 0; left < 256; left++)
        {
            for (int corner = 0; corner < 256; corner += 2)
            {
                // Pairs of pixels: the first sets left and corner, of the second only the prediction is left. Channels differ.
                for (int part = 0; part < 2; part++)
                {
                    for (int i = 0; i < 128; i++)
                    {
                        int up = 128 * part + i;
                        for (int channel = 0; channel < 4; channel++)
                        {
                            int c = (corner + (channel & 1)) & 255, l = channel < 2 ? left : 255 - left;
                            above[8 * i + channel] = (byte)c;
                            above[8 * i + 4 + channel] = (byte)up;
                            row[8 * i + channel] = (byte)l;
                            row[8 * i + 4 + channel] = 0;
                        }
                    }
                    byte[] scalar = new ReadOnlySpan<byte>(row, 4 * Columns).ToArray();
                    fixed (byte* s = scalar) PngFilter.UndoScalar(4, s, above, scalar.Length, 4);
                    PngFilter.Undo(4, row, above, scalar.Length, 4);
                    if (!scalar.AsSpan().SequenceEqual(new ReadOnlySpan<byte>(row, scalar.Length)))
                        Assert.Fail($"left {left}, corner {corner}");
                }
            }
        }
    }
}
