namespace NoDeps.Platform;

/// <summary>The instruction sets that kernels are compiled for.</summary>
public enum InstructionSet
{
    /// <summary>x86-64-v3: AVX2, FMA, BMI.</summary>
    Avx2,
    /// <summary>x86-64-v4: AVX-512 F, BW, CD, DQ, VL.</summary>
    Avx512,
}
