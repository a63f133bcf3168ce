using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary>
/// Brings a row of a component to the width and height of the picture. Where a component has half the samples, each new
/// sample is 3/4 of the nearer old one and 1/4 of the farther one, in both directions ("triangle filter"), rounded up and
/// down by turns as libjpeg rounds; elsewhere samples are repeated. Forms: <see cref="JpegUpsamplingScalar"/>,
/// <see cref="JpegUpsamplingSse2"/>.
/// </summary>
internal static unsafe class JpegUpsampling
{
    /// <summary>How far the vector forms read and write past the end of a row: all rows lie in memory with that much behind.</summary>
    public const int Slack = 64;
    /// <summary>Entries of a row of sums before the first sample.</summary>
    public const int SumsBefore = 16;
    /// <summary>With so few columns samples are repeated.</summary>
    private const int FewColumns = 2;

    /// <summary>Row <paramref name="y"/> of the picture in a component: at least as many samples as the picture has columns.</summary>
    /// <param name="state">A picture whose planes are complete.</param>
    /// <param name="index">Which component.</param>
    /// <param name="y">Which row.</param>
    public static byte* Row(JpegState* state, int index, int y)
    {
        JpegComponent* component = JpegState.Component(state, index);
        int wide = state->MostH / component->H, high = state->MostV / component->V;
        int from = y / high, count = component->Width;
        byte* row = component->Plane + (nint)from * component->Stride;
        if (wide == 1 && high == 1) return row;
        byte* to = state->Lines + (nint)index * state->LineBytes;
        bool halfHigh = high == 2 && wide <= 2 && (wide == 1 || count > FewColumns);
        bool halfWide = wide == 2 && count > FewColumns && high <= 2;
        if (halfHigh)
        {
            int other = (y & 1) == 0 ? from - 1 : from + 1;
            other = other < 0 ? 0 : other >= component->Height ? component->Height - 1 : other;
            byte* otherRow = component->Plane + (nint)other * component->Stride;
            if (!halfWide)
            {
                JpegUpsamplingScalar.Between(row, otherRow, count, 1 + (y & 1), to);
                return to;
            }
            Sum(row, otherRow, count, state->Sums);
            Widen(state->Sums, count, 8, 7, 4, to);
            return to;
        }
        if (halfWide)
        {
            Copy(row, count, state->Sums);
            Widen(state->Sums, count, 1, 2, 2, to);
            return to;
        }
        if (wide == 1) return row;
        JpegUpsamplingScalar.Repeat(row, state->Width, wide, to);
        return to;
    }

    /// <summary>3 × near + far for each sample.</summary>
    public static void Sum(byte* near, byte* far, int count, ushort* sums)
    {
        if (Sse2.IsSupported) JpegUpsamplingSse2.Sum(near, far, count, sums);
        else JpegUpsamplingScalar.Sum(near, far, count, sums);
        Repeat(sums, count);
    }

    /// <summary>The samples as they are, as wider numbers.</summary>
    public static void Copy(byte* from, int count, ushort* sums)
    {
        if (Sse2.IsSupported) JpegUpsamplingSse2.Copy(from, count, sums);
        else JpegUpsamplingScalar.Copy(from, count, sums);
        Repeat(sums, count);
    }

    /// <summary>
    /// Twice as many samples: (3 × this + left + <paramref name="roundLeft"/>) and (3 × this + right +
    /// <paramref name="roundRight"/>), both shifted right.
    /// </summary>
    /// <param name="sums">The numbers, with a neighbor before the first and after the last.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="roundLeft">Added to the first of two.</param>
    /// <param name="roundRight">Added to the second of two.</param>
    /// <param name="shift">Right shift, 2 or 4.</param>
    /// <param name="to">Takes 2 × <paramref name="count"/> samples.</param>
    public static void Widen(ushort* sums, int count, int roundLeft, int roundRight, int shift, byte* to)
    {
        if (!Sse2.IsSupported) JpegUpsamplingScalar.Widen(sums, count, roundLeft, roundRight, shift, to);
        else if (shift == 4) JpegUpsamplingSse2.Widen16(sums, count, roundLeft, roundRight, to);
        else JpegUpsamplingSse2.Widen4(sums, count, roundLeft, roundRight, to);
    }

    /// <summary>Beyond its ends a row goes on as it ends.</summary>
    private static void Repeat(ushort* sums, int count)
    {
        sums[-1] = sums[0];
        sums[count] = sums[count - 1];
    }
}
