namespace NoDeps.Formats;

/// <summary><see cref="JpegUpsampling"/> in scalar code: the reference for the other form.</summary>
internal static unsafe class JpegUpsamplingScalar
{
    /// <inheritdoc cref="JpegUpsampling.Sum"/>
    public static void Sum(byte* near, byte* far, int count, ushort* sums)
    {
        for (int i = 0; i < count; i++) sums[i] = (ushort)(3 * near[i] + far[i]);
    }

    /// <inheritdoc cref="JpegUpsampling.Copy"/>
    public static void Copy(byte* from, int count, ushort* sums)
    {
        for (int i = 0; i < count; i++) sums[i] = from[i];
    }

    /// <inheritdoc cref="JpegUpsampling.Widen"/>
    public static void Widen(ushort* sums, int count, int roundLeft, int roundRight, int shift, byte* to)
    {
        for (int i = 0; i < count; i++)
        {
            to[2 * i] = (byte)((3 * sums[i] + sums[i - 1] + roundLeft) >> shift);
            to[2 * i + 1] = (byte)((3 * sums[i] + sums[i + 1] + roundRight) >> shift);
        }
    }

    /// <summary>Interpolates between two rows: (3 × near + far + round) / 4.</summary>
    public static void Between(byte* near, byte* far, int count, int round, byte* to)
    {
        for (int i = 0; i < count; i++) to[i] = (byte)((3 * near[i] + far[i] + round) >> 2);
    }

    /// <summary>Repeats each sample <paramref name="times"/> times, for a total of <paramref name="count"/> samples.</summary>
    public static void Repeat(byte* from, int count, int times, byte* to)
    {
        for (int i = 0, source = 0, left = times; i < count; i++)
        {
            to[i] = from[source];
            if (--left > 0) continue;
            left = times;
            source++;
        }
    }
}
