namespace NoDeps.Platform;

/// <summary>The instruction sets that the program is compiled for.</summary>
public enum InstructionSet
{
    /// <summary>x86-64-v3: AVX2, FMA, BMI.</summary>
    Avx2,
    /// <summary>x86-64-v4: AVX-512 F, BW, CD, DQ, VL.</summary>
    Avx512,
}
