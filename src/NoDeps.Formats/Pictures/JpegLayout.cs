namespace NoDeps.Formats;

/// <summary>
/// The layout of the scratch memory for decoding a JPEG file: the state, the planes of samples, for upsampling a row of each
/// component and a row of sums, and the coefficients of a progressive picture.
/// </summary>
internal static unsafe class JpegLayout
{
    private const int Alignment = 64;

    /// <summary>
    /// Lays everything out from <paramref name="at"/> on, which may be null to compute only the size. The largest picture,
    /// 65,535 × 65,535 with four components, takes less than 2^37 bytes, so 64-bit arithmetic cannot overflow.
    /// </summary>
    /// <param name="state">A file whose frame header has been read.</param>
    /// <param name="at">Start of the memory; any alignment.</param>
    /// <returns>The size in bytes for a start at any alignment.</returns>
    public static long Place(JpegState* state, byte* at)
    {
        long used = AlignUp(sizeof(JpegState));
        byte* aligned = (byte*)(((nint)at + (Alignment - 1)) & -Alignment);
        for (int i = 0; i < state->Components; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            component->Plane = Address(aligned, used);
            used += AlignUp(8L * component->PaddedHigh * component->Stride + JpegUpsampling.Slack);
        }
        state->LineBytes = (int)AlignUp(8L * state->McusWide * state->MaxH + JpegUpsampling.Slack);
        state->Lines = Address(aligned, used);
        used += (long)state->LineBytes * state->Components;
        state->Sums = (ushort*)Address(aligned, used) + JpegUpsampling.SumsBefore;
        used += AlignUp(sizeof(ushort) * (JpegUpsampling.SumsBefore + (long)state->LineBytes));
        for (int i = 0; i < state->Components && state->IsProgressive; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            component->Coefficients = (short*)Address(aligned, used);
            used += CoefficientBytes(component);
        }
        return used + Alignment;
    }

    /// <summary>Size of a component's coefficients in bytes.</summary>
    public static long CoefficientBytes(JpegComponent* component) =>
        64L * sizeof(short) * component->PaddedWide * component->PaddedHigh;

    private static long AlignUp(long bytes) => (bytes + (Alignment - 1)) & -Alignment;

    private static byte* Address(byte* aligned, long offset) => (byte*)((nint)aligned + (nint)offset);
}
