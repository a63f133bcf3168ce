using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Random erasing (Zhong et al., arXiv:1708.04896, with torchvision's defaults but for the aspect ratio's distribution): with some
/// probability a rectangle of 2 to 33 % of the image becomes 0.
/// </summary>
public static unsafe class RandomErasing
{
    private const uint FirstBlock = 2;
    private const int Attempts = 10;
    private const double MinArea = 0.02, MaxArea = 0.33, MinAspect = 0.3;
    private const double TwoTo32 = 4294967296.0;

    /// <summary>Erases in place with the given probability, as determined by the image's Philox blocks.</summary>
    public static void Apply(byte* image, Shape shape, double probability, ulong seed, ulong stream, int number)
    {
        WarpMatrix.Words(seed, stream, number, 1, out _, out _, out uint decision, out _);
        if (decision / TwoTo32 >= probability) return;
        for (uint attempt = 0; attempt < Attempts; attempt++)
        {
            WarpMatrix.Words(seed, stream, number, FirstBlock + attempt, out uint size, out uint form, out uint down, out uint right);
            double area = (MinArea + (MaxArea - MinArea) * (size / TwoTo32)) * shape.Plane;
            // Portrait and landscape rectangles are equally likely.
            double aspect = MinAspect + (1 - MinAspect) * ((form >> 1) / (TwoTo32 / 2));
            if ((form & 1) != 0) aspect = 1 / aspect;
            int rows = (int)(Math.Sqrt(area * aspect) + 0.5), columns = (int)(Math.Sqrt(area / aspect) + 0.5);
            if (rows < 1 || columns < 1 || rows >= shape.Rows || columns >= shape.Columns) continue;
            int top = (int)((ulong)down * (uint)(shape.Rows - rows + 1) >> 32);
            int left = (int)((ulong)right * (uint)(shape.Columns - columns + 1) >> 32);
            for (int channel = 0; channel < shape.Channels; channel++)
            {
                byte* first = image + (long)channel * shape.Plane + top * shape.Columns + left;
                for (int row = 0; row < rows; row++) MemoryFill.Fill(first + row * shape.Columns, 0, (nuint)columns);
            }
            return;
        }
    }
}
