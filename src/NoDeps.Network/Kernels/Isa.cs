namespace NoDeps.Network;

/// <summary>The instruction sets of the kernels. Results are the same, bit for bit.</summary>
public enum Isa : byte
{
    /// <summary>256-bit vectors: AVX2 and FMA (x86-64-v3).</summary>
    Avx2,
    /// <summary>512-bit vectors: AVX-512 F and DQ (x86-64-v4).</summary>
    Avx512,
}
