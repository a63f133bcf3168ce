namespace NoDeps.Formats;

/// <summary><see cref="JpegColor"/> in scalar code: the reference for the other form.</summary>
internal static unsafe class JpegColorScalar
{
    private const int Half = 1 << (JpegColor.FactorBits - 1);

    /// <inheritdoc cref="JpegColor.ToRgb"/>
    public static void ToRgb(byte* luma, byte* cb, byte* cr, int count, byte* to)
    {
        for (int i = 0; i < count; i++, to += 3) Pixel(luma[i], cb[i] - 128, cr[i] - 128, to);
    }

    /// <summary>Interleaves red, green and blue.</summary>
    public static void Interleave(byte* red, byte* green, byte* blue, int count, byte* to)
    {
        for (int i = 0; i < count; i++, to += 3)
        {
            to[0] = red[i];
            to[1] = green[i];
            to[2] = blue[i];
        }
    }

    /// <summary>
    /// Converts inks to RGB by multiplying what each ink and what black leave of white. 255 means no ink, as Adobe's and all
    /// other programs write it.
    /// </summary>
    /// <param name="first">Cyan, or Y.</param>
    /// <param name="second">Magenta, or Cb.</param>
    /// <param name="third">Yellow, or Cr.</param>
    /// <param name="black">Black.</param>
    /// <param name="count">The number of pixels.</param>
    /// <param name="isYcck">True if the first three are YCbCr and must be converted to inks first.</param>
    /// <param name="to">Receives 3 × <paramref name="count"/> bytes.</param>
    public static void InksToRgb(byte* first, byte* second, byte* third, byte* black, int count, bool isYcck, byte* to)
    {
        byte* inks = stackalloc byte[3];
        for (int i = 0; i < count; i++, to += 3)
        {
            inks[0] = first[i];
            inks[1] = second[i];
            inks[2] = third[i];
            if (isYcck)
            {
                Pixel(first[i], second[i] - 128, third[i] - 128, inks);
                for (int k = 0; k < 3; k++) inks[k] = (byte)(255 - inks[k]);
            }
            for (int k = 0; k < 3; k++) to[k] = (byte)(black[i] - Product(255 - inks[k], black[i]));
        }
    }

    /// <summary>The rounded value of a × b / 255.</summary>
    private static int Product(int a, int b)
    {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }

    private static void Pixel(int y, int cb, int cr, byte* to)
    {
        to[0] = (byte)JpegTransform.Clamp(y + ((JpegColor.CrToRed * cr + Half) >> JpegColor.FactorBits));
        to[1] = (byte)JpegTransform.Clamp(
            y + ((-JpegColor.CbToGreen * cb - JpegColor.CrToGreen * cr + Half) >> JpegColor.FactorBits));
        to[2] = (byte)JpegTransform.Clamp(y + ((JpegColor.CbToBlue * cb + Half) >> JpegColor.FactorBits));
    }
}
