using System;
using System.Runtime.CompilerServices;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps explain conv [STRIDE [PAD]]</c>: <see cref="ConvolutionScalar"/> and <see cref="ConvolutionIm2Col"/> at
/// work on a small image.
/// </summary>
internal static unsafe class ConvolutionExplanation
{
    public const int KernelSize = 3;
    private const int Taps = KernelSize * KernelSize;
    private const int Size = 5;
    /// <summary>Windows shown without --all.</summary>
    private const int Shown = 4;
    /// <summary>With the maximum padding, two rows and columns on each side, there are seven by seven windows.</summary>
    private const int MaxWindows = (Size + 2) * (Size + 2);
    /// <summary>Columns of the matrix that fit a line.</summary>
    private const int MaxColumns = 17;

    /// <summary>A seven.</summary>
    private static ReadOnlySpan<float> Image =>
    [
        9, 9, 9, 9, 8,
        0, 0, 1, 9, 3,
        0, 0, 7, 5, 0,
        0, 2, 9, 0, 0,
        0, 6, 6, 0, 0,
    ];

    /// <summary>Finds edges: how much brighter the right is than the left.</summary>
    private static ReadOnlySpan<float> Kernel => [-1, 0, 1, -2, 0, 2, -1, 0, 1];

    public static Fault Run(Console console, int stride, int pad, bool all)
    {
        Geometry g = default;
        g.KernelRows = g.KernelColumns = KernelSize;
        g.StrideRows = g.StrideColumns = stride;
        g.PadRows = g.PadColumns = pad;
        Shape input = new Shape(1, Size, Size);
        int side = g.OutputRows(Size);
        Shape output = new Shape(1, side, side);
        int windows = output.Plane;
        float* numbers = stackalloc float[MaxWindows * (Taps + 1)];
        float* columns = numbers + MaxWindows;
        long* v = stackalloc long[2];
        v[0] = stride;
        v[1] = pad;
        Diagram.Draw(console, "convolution of 5 x 5 pixels with a kernel of 3 x 3: stride `$i`, padding `$i`\n\n  kernel\n"u8, v);
        fixed (float* image = Image, kernel = Kernel)
        {
            float bias = 0;
            ConvolutionScalar.Forward(image, input, kernel, &bias, numbers, output, g, 1);
            ConvolutionIm2Col.Im2Col(image, input, output, g, 1, columns);
            Rows(console, kernel, KernelSize, KernelSize);
            int most = all ? windows : Math.Min(Shown, windows);
            for (int i = 0; i < most; i++)
            {
                Window(console, image, kernel, i / side * stride - pad, i % side * stride - pad, pad, numbers[i], v);
                v[0] = i;
                Diagram.Draw(console, "\n  im2col's column $i:"u8, v);
                for (int t = 0; t < Taps; t++)
                {
                    v[0] = (long)columns[t * windows + i];
                    Diagram.Draw(console, t % KernelSize == 0 ? "   $i"u8 : " $i"u8, v);
                }
                console.Write("\n"u8);
            }
            v[0] = windows - most;
            if (most < windows) Diagram.Draw(console, "\n  ... $i more windows (--all shows them)\n"u8, v);
            console.Write("\n  @im2col@: the windows as columns; the output is the kernel as a row times this\n\n"u8);
            for (int t = 0; t < Taps; t++)
            {
                v[0] = (long)kernel[t];
                Diagram.Draw(console, "  `$3`"u8, v);
                Rows(console, columns + t * windows, 1, windows);
            }
            console.Write("\n     `"u8);
            Rows(console, numbers, 1, windows);
            console.Write("`\n  the output as an image\n"u8);
            Rows(console, numbers, side, side);
        }
        return Fault.None;
    }

    private static void Rows(Console console, float* numbers, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < Math.Min(columns, MaxColumns); j++) console.Print("$"u8).IntegerPadded((long)numbers[j], 4);
            console.Write(columns > MaxColumns ? " ...\n"u8 : "\n"u8);
            numbers += columns;
        }
    }

    /// <summary>
    /// The padded image with one window in it, which starts at this row and column, the products and their sum.
    /// </summary>
    private static void Window(Console console, float* image, float* kernel, int top, int left, int pad, float sum, long* v)
    {
        for (int a = -pad; a < Size + pad; a++)
        {
            int u = a - top;
            bool isInside = (uint)u < KernelSize;
            console.Write("\n  "u8);
            for (int b = -pad; b <= Size + pad; b++)
            {
                if (b == Size + pad && !isInside) break;
                int column = isInside ? b - left : -1;
                console.Write(column == 0 ? "["u8 : column == KernelSize ? "]"u8 : " "u8);
                if (b == Size + pad) break;
                v[0] = Pixel(image, a, b);
                console.Style((uint)column < KernelSize ? StyledText.Strong : StyledText.Plain);
                Diagram.Draw(console, "$2"u8, v);
                console.Style(StyledText.Plain);
            }
            for (int w = 0; isInside && w < KernelSize; w++)
            {
                v[0] = Pixel(image, a, left + w);
                v[1] = (long)kernel[u * KernelSize + w];
                Diagram.Draw(console, "  $3×$2"u8, v);
            }
            v[0] = (long)sum;
            if (isInside) Diagram.Draw(console, u < KernelSize - 1 ? "  +"u8 : "  = `$i`"u8, v);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Pixel(float* image, int a, int b) => (uint)a >= Size || (uint)b >= Size ? 0 : (long)image[a * Size + b];
}
