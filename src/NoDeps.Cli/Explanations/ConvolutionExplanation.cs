using System;
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
    /// <summary>Windows that are shown without --all.</summary>
    private const int Shown = 4;
    /// <summary>With the most padding, two rows and columns all round, there are seven by seven windows.</summary>
    private const int MostWindows = (Size + 2) * (Size + 2);
    /// <summary>Columns of the matrix that fit a line.</summary>
    private const int MostColumns = 17;

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
        Shape output = new Shape(1, g.OutputRows(Size), g.OutputColumns(Size));
        float* sums = stackalloc float[MostWindows];
        float* columns = stackalloc float[MostWindows * Taps];
        float bias = 0;
        fixed (float* image = Image)
        fixed (float* kernel = Kernel)
        {
            ConvolutionScalar.Forward(image, input, kernel, &bias, sums, output, g, 1);
            ConvolutionIm2Col.Im2Col(image, input, output, g, 1, columns);
            Template line = console.Draw("convolution of $x$ pixels with a kernel of $x$: stride $, padding $\n\n  kernel\n"u8);
            line.Integer(Size);
            line.Integer(Size);
            line.Integer(KernelSize);
            line.Integer(KernelSize);
            line.Integer(stride);
            line.Integer(pad);
            line.End();
            for (int u = 0; u < KernelSize; u++)
            {
                for (int v = 0; v < KernelSize; v++) console.Say("  $"u8).IntegerPadded((long)kernel[u * KernelSize + v], 3);
                console.Out.Write("\n"u8);
            }
            int most = all ? output.Plane : Math.Min(Shown, output.Plane);
            for (int i = 0; i < most; i++)
            {
                Window(console, image, kernel, i / output.Columns * stride - pad, i % output.Columns * stride - pad, pad,
                    (long)sums[i]);
                line = console.Draw("\n  im2col's column $:"u8);
                line.Integer(i);
                for (int t = 0; t < Taps; t++)
                {
                    if (t % KernelSize == 0) console.Out.Write("  "u8);
                    console.Say(" $"u8).Integer((long)columns[t * output.Plane + i]);
                }
                console.Out.Write("\n"u8);
            }
            if (most < output.Plane)
            {
                line = console.Draw("\n  ... $ more windows: --all\n"u8);
                line.Integer(output.Plane - most);
                line.End();
            }
            console.Draw("\n  @im2col@: the windows as columns. The kernel as a row, times this, is the output.\n\n"u8).End();
            for (int t = 0; t < Taps; t++)
            {
                console.Draw("  `$`"u8).IntegerPadded((long)kernel[t], 3);
                console.Style(StyledText.Plain);
                Row(console, columns + t * output.Plane, output.Plane);
            }
            console.Draw("\n     "u8).End();
            console.Style(StyledText.Strong);
            Row(console, sums, output.Plane);
            line = console.Draw("\n  the output, `$` x `$`\n"u8);
            line.Integer(output.Rows);
            line.Integer(output.Columns);
            line.End();
            for (int i = 0; i < output.Rows; i++)
            {
                console.Out.Write("  "u8);
                Row(console, sums + i * output.Columns, output.Columns);
            }
        }
        return Fault.None;
    }

    private static void Row(Console console, float* numbers, int count)
    {
        for (int i = 0; i < Math.Min(count, MostColumns); i++) console.Say("$"u8).IntegerPadded((long)numbers[i], 4);
        console.Style(StyledText.Plain);
        console.Out.Write(count > MostColumns ? " ...\n"u8 : "\n"u8);
    }

    /// <summary>The padded image with one window in it, whose first row and column these are, and the products.</summary>
    private static void Window(Console console, float* image, float* kernel, int top, int left, int pad,
        long sum)
    {
        for (int a = -pad; a < Size + pad; a++)
        {
            int u = a - top;
            bool isInside = (uint)u < KernelSize;
            console.Out.Write("\n  "u8);
            for (int b = -pad; b < Size + pad; b++)
            {
                bool isHit = isInside && (uint)(b - left) < KernelSize;
                bool isPadding = (uint)a >= Size || (uint)b >= Size;
                console.Style(isHit ? StyledText.Strong : isPadding ? StyledText.Faint : StyledText.Plain);
                console.Out.Write(isHit && b == left ? "["u8 : isInside && b == left + KernelSize ? "]"u8 : " "u8);
                console.Say("$"u8).IntegerPadded(isPadding ? 0 : (long)image[a * Size + b], 2);
            }
            if (!isInside) continue;
            console.Out.Write(left + KernelSize == Size + pad ? "]  "u8 : "   "u8);
            console.Style(StyledText.Plain);
            for (int v = 0; v < KernelSize; v++)
            {
                int b = left + v;
                bool isPadding = (uint)a >= Size || (uint)b >= Size;
                long w = (long)kernel[u * KernelSize + v];
                Template product = console.Draw("  $×$"u8);
                product.IntegerPadded(isPadding ? 0 : (long)image[a * Size + b], 2);
                product.IntegerPadded(w, 2);
            }
            if (u < KernelSize - 1)
            {
                console.Out.Write("  +"u8);
                continue;
            }
            Template equals = console.Draw("  = `$`"u8);
            equals.Integer(sum);
            equals.End();
        }
    }
}
