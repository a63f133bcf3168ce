using System.Runtime.CompilerServices;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>How an evaluation is told.</summary>
internal static class Accuracy
{
    /// <summary><c>test accuracy 98.93% (9893/10000)</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Write(ref Utf8Writer line, in Evaluation evaluation)
    {
        line.Text("test accuracy "u8);
        line.Fixed(100 * evaluation.Accuracy, 2);
        line.Text("% ("u8);
        line.Integer(evaluation.Correct);
        line.Byte((byte)'/');
        line.Integer(evaluation.Count);
        line.Byte((byte)')');
    }
}
