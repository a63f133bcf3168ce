using System.Runtime.Intrinsics;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>exp, log, tanh and sigmoid of a float, as the shortest decimal that reads back as the same float.</summary>
internal static unsafe class MathLab
{
    public static int Run(LabSubject subject, int form, scoped ref LabLine line)
    {
        if (!line.TryFloat(false, out float x)) return LabLine.Wrong;
        Vector256<float> lanes = Vector256.Create(x);
        lanes = subject switch
        {
            LabSubject.Exp => ExponentialLanes<Avx2Lanes, Vector256<float>>.Exp(lanes),
            LabSubject.Tanh => ExponentialLanes<Avx2Lanes, Vector256<float>>.Tanh(lanes),
            _ => ExponentialLanes<Avx2Lanes, Vector256<float>>.Sigmoid(lanes),
        };
        return FloatFormat.Shortest(line.Result, *(float*)&lanes);
    }
}
