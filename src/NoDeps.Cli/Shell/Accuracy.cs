using System.Runtime.CompilerServices;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>How the result of an evaluation is printed.</summary>
internal static class Accuracy
{
    /// <summary>Fills three gaps, as in "test accuracy $% ($/$)": the percentage, the number correct and the total;
    /// then writes the rest of the text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(Template line, in Evaluation evaluation)
    {
        line.Fixed(100 * evaluation.Accuracy, 2);
        line.Integer(evaluation.Correct);
        line.Integer(evaluation.Count);
        line.End();
    }
}
