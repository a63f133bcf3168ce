namespace NoDeps.Formats;

/// <summary>
/// What decoding a JPEG file needs besides the output, one after the other: the state, the planes of samples, a row of
/// each component and one of sums for upsampling, and of a progressive picture the coefficients.
/// </summary>
internal static unsafe class JpegLayout
{
    private const int Alignment = 64;

    /// <summary>
    /// Places everything from <paramref name="at"/> on, which may be null to learn only the size. The largest picture,
    /// 65,535 × 65,535 with four components, takes less than 2^37 bytes, so that 64-bit arithmetic cannot overflow.
    /// </summary>
    /// <param name="state">A file whose frame header was read.</param>
    /// <param name="at">Start of the memory; any alignment.</param>
    /// <returns>How many bytes it takes, at any alignment.</returns>
    public static long Place(JpegState* state, byte* at)
    {
        long used = Rounded(sizeof(JpegState));
        byte* aligned = (byte*)(((nint)at + (Alignment - 1)) & -Alignment);
        for (int i = 0; i < state->Components; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            component->Plane = Address(aligned, used);
            used += Rounded(8L * component->PaddedHigh * component->Stride + JpegUpsampling.Slack);
        }
        state->LineBytes = (int)Rounded(8L * state->McusWide * state->MostH + JpegUpsampling.Slack);
        state->Lines = Address(aligned, used);
        used += (long)state->LineBytes * state->Components;
        state->Sums = (ushort*)Address(aligned, used) + JpegUpsampling.SumsBefore;
        used += Rounded(sizeof(ushort) * (JpegUpsampling.SumsBefore + (long)state->LineBytes));
        for (int i = 0; i < state->Components && state->IsProgressive; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            component->Coefficients = (short*)Address(aligned, used);
            used += CoefficientBytes(component);
        }
        return used + Alignment;
    }

    /// <summary>Bytes of the coefficients of a component.</summary>
    public static long CoefficientBytes(JpegComponent* component) =>
        64L * sizeof(short) * component->PaddedWide * component->PaddedHigh;

    private static long Rounded(long bytes) => (bytes + (Alignment - 1)) & -Alignment;

    private static byte* Address(byte* aligned, long offset) => (byte*)((nint)aligned + (nint)offset);
}
