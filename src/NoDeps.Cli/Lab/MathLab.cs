using System;
using System.Runtime.Intrinsics;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>exp, log, tanh and sigmoid of a float, as the shortest decimal that reads back as the same float.</summary>
internal static unsafe class MathLab
{
    public static int Run(LabPrimitive primitive, int form, scoped ref LabLine line)
    {
        if (!line.TryFloat(false, out float x)) return LabLine.Wrong;
        ElementaryFunction function = primitive switch
        {
            LabPrimitive.Exp => ElementaryFunction.Exp,
            LabPrimitive.Log => ElementaryFunction.Log,
            LabPrimitive.Tanh => ElementaryFunction.Tanh,
            _ => ElementaryFunction.Sigmoid,
        };
        float* spare = stackalloc float[Lanes.Count];
        if (form == 0) Elementary.Apply(function, new ReadOnlySpan<float>(&x, 1), new Span<float>(&x, 1));
        else if (form == 1) ElementaryScalar.Run(function, &x, &x, 1);
        else if (form == 3) PrimitiveTable.Avx512.Elementary(function, &x, &x, 1, spare);
        else ElementaryLanes<Avx2Lanes, Vector256<float>>.Run(function, &x, &x, 1, spare);
        return FloatFormat.Shortest(line.Result, x);
    }
}
