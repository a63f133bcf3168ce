using System.Runtime.Intrinsics.X86;
using Xunit;

namespace NoDeps.Tests;

/// <summary>A test of a form for AVX2; skipped where the processor lacks it, or the run has it disabled.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Avx2TheoryAttribute : TheoryAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public Avx2TheoryAttribute()
    {
        if (!Avx2.IsSupported) Skip = "no AVX2";
    }
}
