using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary>
/// Upsamples a row of a component to the resolution of the picture. If a component has half the samples, each new sample is
/// 3/4 of the nearer old one plus 1/4 of the farther one in both directions ("triangle filter"), rounded alternately up and
/// down as in libjpeg; otherwise samples are repeated. Forms: <see cref="JpegUpsamplingScalar"/>,
/// <see cref="JpegUpsamplingSse2"/>.
/// </summary>
internal static unsafe class JpegUpsampling
{
    /// <summary>How far the vector forms may read and write past the end of a row; all rows have this much padding.</summary>
    public const int Slack = 64;
    /// <summary>The entries before the first sample in a row of sums.</summary>
    public const int SumsBefore = 16;
    /// <summary>Up to this width, samples are repeated instead of filtered, as in libjpeg.</summary>
    private const int MaxRepeatedColumns = 2;

    /// <summary>Returns a row of a component at the picture's resolution, at least as long as the picture is wide.</summary>
    /// <param name="state">A picture whose planes have been decoded.</param>
    /// <param name="index">The index of the component.</param>
    /// <param name="y">The row of the picture.</param>
    public static byte* Row(JpegState* state, int index, int y)
    {
        JpegComponent* component = JpegState.Component(state, index);
        int wide = state->MaxH / component->H, high = state->MaxV / component->V;
        int from = y / high, count = component->Width;
        byte* row = component->Plane + (nint)from * component->Stride;
        if (wide == 1 && high == 1) return row;
        byte* to = state->Lines + (nint)index * state->LineBytes;
        bool halfHigh = high == 2 && wide <= 2 && (wide == 1 || count > MaxRepeatedColumns);
        bool halfWide = wide == 2 && count > MaxRepeatedColumns && high <= 2;
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

    /// <summary>Computes 3 × near + far for each sample.</summary>
    public static void Sum(byte* near, byte* far, int count, ushort* sums)
    {
        if (Sse2.IsSupported) JpegUpsamplingSse2.Sum(near, far, count, sums);
        else JpegUpsamplingScalar.Sum(near, far, count, sums);
        ExtendEnds(sums, count);
    }

    /// <summary>Widens the samples without scaling.</summary>
    public static void Copy(byte* from, int count, ushort* sums)
    {
        if (Sse2.IsSupported) JpegUpsamplingSse2.Copy(from, count, sums);
        else JpegUpsamplingScalar.Copy(from, count, sums);
        ExtendEnds(sums, count);
    }

    /// <summary>
    /// Doubles the number of samples: (3 × this + left + <paramref name="roundLeft"/>) and (3 × this + right +
    /// <paramref name="roundRight"/>), both shifted right.
    /// </summary>
    /// <param name="sums">The numbers, with a neighbor before the first and after the last.</param>
    /// <param name="count">The number of input samples.</param>
    /// <param name="roundLeft">Added to the first sample of each pair.</param>
    /// <param name="roundRight">Added to the second sample of each pair.</param>
    /// <param name="shift">Right shift, 2 or 4.</param>
    /// <param name="to">Receives 2 × <paramref name="count"/> samples.</param>
    public static void Widen(ushort* sums, int count, int roundLeft, int roundRight, int shift, byte* to)
    {
        if (!Sse2.IsSupported) JpegUpsamplingScalar.Widen(sums, count, roundLeft, roundRight, shift, to);
        else if (shift == 4) JpegUpsamplingSse2.Widen16(sums, count, roundLeft, roundRight, to);
        else JpegUpsamplingSse2.Widen4(sums, count, roundLeft, roundRight, to);
    }

    /// <summary>Extends a row by repeating its first and last entries.</summary>
    private static void ExtendEnds(ushort* sums, int count)
    {
        sums[-1] = sums[0];
        sums[count] = sums[count - 1];
    }
}
