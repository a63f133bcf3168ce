using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary>
/// Converts rows of samples to pixels. YCbCr is converted to RGB as in JFIF, in fixed point with 16 fraction bits as in libjpeg:
/// R = Y + 1.402 Cr, G = Y − 0.34414 Cb − 0.71414 Cr, B = Y + 1.772 Cb, where Cb and Cr are offset by 128. Forms:
/// <see cref="JpegColorScalar"/>, <see cref="JpegColorAvx2"/>.
/// </summary>
internal static unsafe class JpegColor
{
    /// <summary>Fraction bits of a factor.</summary>
    public const int FactorBits = 16;
    /// <summary>1.402.</summary>
    public const int CrToRed = 91881;
    /// <summary>0.71414.</summary>
    public const int CrToGreen = 46802;
    /// <summary>0.34414.</summary>
    public const int CbToGreen = 22554;
    /// <summary>1.772.</summary>
    public const int CbToBlue = 116130;

    /// <summary>Writes a row of the picture: one byte per pixel if it is gray, otherwise three.</summary>
    public static void Row(JpegState* state, JpegColorModel model, int y, byte* to)
    {
        int count = state->Width;
        byte* first = JpegUpsampling.Row(state, 0, y);
        if (model == JpegColorModel.Gray)
        {
            for (int i = 0; i < count; i++) to[i] = first[i];
            return;
        }
        byte* second = JpegUpsampling.Row(state, 1, y), third = JpegUpsampling.Row(state, 2, y);
        if (model == JpegColorModel.YCbCr) ToRgb(first, second, third, count, to);
        else if (model == JpegColorModel.Rgb) JpegColorScalar.Interleave(first, second, third, count, to);
        else JpegColorScalar.InksToRgb(first, second, third, JpegUpsampling.Row(state, 3, y), count, model == JpegColorModel.Ycck, to);
    }

    /// <summary>Converts YCbCr to RGB.</summary>
    /// <param name="luma">Y; of all three, up to <see cref="JpegUpsampling.Slack"/> more bytes may be read.</param>
    /// <param name="cb">Cb.</param>
    /// <param name="cr">Cr.</param>
    /// <param name="count">The number of pixels.</param>
    /// <param name="to">Receives exactly 3 × <paramref name="count"/> bytes.</param>
    public static void ToRgb(byte* luma, byte* cb, byte* cr, int count, byte* to)
    {
        if (Avx2.IsSupported) JpegColorAvx2.ToRgb(luma, cb, cr, count, to);
        else JpegColorScalar.ToRgb(luma, cb, cr, count, to);
    }
}
