using System.Runtime.CompilerServices;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>How an evaluation is told.</summary>
internal static class Accuracy
{
    /// <summary>Three gaps, as in "test accuracy $% ($/$)": the share in percent, how many were right, of how many;
    /// then the rest of the text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(Template line, in Evaluation evaluation)
    {
        line.Fixed(100 * evaluation.Accuracy, 2);
        line.Integer(evaluation.Correct);
        line.Integer(evaluation.Count);
        line.End();
    }
}
