using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Network;

/// <summary>Least squares by modified Gram-Schmidt (Björck 1967): vectors in float32, sums in float64.</summary>
internal static unsafe class Projection
{
    /// <summary>A vector whose component orthogonal to the others is at most this fraction of it is dropped.</summary>
    private const double Dependent = 1e-5;

    /// <summary>
    /// Subtracts from <paramref name="target"/> the linear combination of the vectors that is closest to it. Afterwards
    /// the vectors are orthonormal, or zero.
    /// </summary>
    /// <param name="vectors">The vectors, consecutive.</param>
    /// <param name="count">How many.</param>
    /// <param name="length">Elements of each vector, and of the target.</param>
    /// <param name="target">Replaced by the residual.</param>
    public static void Remove(float* vectors, int count, nint length, float* target)
    {
        for (int i = 0; i < count; i++)
        {
            float* vector = vectors + i * length;
            double before = Dot(vector, vector, length);
            for (int k = 0; k < i; k++) Subtract(vector, vectors + k * length, length);
            double norm = Dot(vector, vector, length);
            bool isNew = norm > Dependent * Dependent * before;
            Scale(vector, isNew ? 1 / Math.Sqrt(norm) : 0, length);
            Subtract(target, vector, length);
        }
    }

    private static void Subtract(float* from, float* unit, nint length)
    {
        double part = Dot(from, unit, length);
        for (nint i = 0; i < length; i++) from[i] = (float)(from[i] - part * unit[i]);
    }

    private static void Scale(float* vector, double factor, nint length)
    {
        for (nint i = 0; i < length; i++) vector[i] = (float)(vector[i] * factor);
    }

    /// <summary>Four running sums, so that additions do not wait for one another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Dot(float* a, float* b, nint length)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        nint i = 0;
        for (; i + 4 <= length; i += 4)
        {
            s0 += (double)a[i] * b[i];
            s1 += (double)a[i + 1] * b[i + 1];
            s2 += (double)a[i + 2] * b[i + 2];
            s3 += (double)a[i + 3] * b[i + 3];
        }
        for (; i < length; i++) s0 += (double)a[i] * b[i];
        return (s0 + s1) + (s2 + s3);
    }
}
