using NoDeps.Primitives;

namespace NoDeps.Tests.Oracle;

/// <summary>
/// Shift augmentation pixel by pixel: the first two random numbers of the image's own block say how far, of which the
/// upper part of a product makes a number from −most to most.
/// </summary>
public static class OracleShift
{
    /// <summary>Rows down and columns right.</summary>
    public static (int Down, int Right) Draw(ulong seed, ulong stream, int image, int most)
    {
        var random = new Philox(seed, stream);
        random.Seek((ulong)image);
        int Next() => (int)Math.Floor(random.NextUInt32() / 4294967296.0 * (2 * most + 1)) - most;
        int down = Next();
        return (down, Next());
    }

    /// <summary>The image, [channel][row][column], moved; what comes in from outside is 0.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> image, OracleShape shape, int down, int right)
    {
        var moved = new byte[image.Length];
        for (int c = 0; c < shape.Channels; c++)
            for (int a = 0; a < shape.Rows; a++)
                for (int b = 0; b < shape.Columns; b++)
                {
                    (int row, int column) = (a - down, b - right);
                    bool inside = row >= 0 && row < shape.Rows && column >= 0 && column < shape.Columns;
                    moved[(c * shape.Rows + a) * shape.Columns + b] =
                        inside ? image[(c * shape.Rows + row) * shape.Columns + column] : (byte)0;
                }
        return moved;
    }
}
