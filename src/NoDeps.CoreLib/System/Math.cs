using System.Runtime.CompilerServices;

namespace System;

public static class Math
{
    public const double PI = 3.14159265358979323846;

    public static int Abs(int value) => value < 0 ? -value : value;

    public static long Abs(long value) => value < 0 ? -value : value;

    [Intrinsic]
    public static float Abs(float value) => Abs(value);

    [Intrinsic]
    public static double Abs(double value) => Abs(value);

    public static int Min(int val1, int val2) => val1 < val2 ? val1 : val2;

    public static uint Min(uint val1, uint val2) => val1 < val2 ? val1 : val2;

    public static long Min(long val1, long val2) => val1 < val2 ? val1 : val2;

    public static ulong Min(ulong val1, ulong val2) => val1 < val2 ? val1 : val2;

    public static int Max(int val1, int val2) => val1 > val2 ? val1 : val2;

    public static uint Max(uint val1, uint val2) => val1 > val2 ? val1 : val2;

    public static long Max(long val1, long val2) => val1 > val2 ? val1 : val2;

    public static ulong Max(ulong val1, ulong val2) => val1 > val2 ? val1 : val2;

    [Intrinsic]
    public static double Sqrt(double d) => Sqrt(d);

    [Intrinsic]
    public static double Floor(double d) => Floor(d);

    [Intrinsic]
    public static double Ceiling(double a) => Ceiling(a);

    [Intrinsic]
    public static double Truncate(double d) => Truncate(d);

    [Intrinsic]
    public static double FusedMultiplyAdd(double x, double y, double z) => FusedMultiplyAdd(x, y, z);

    /// <summary>The 128-bit product of a and b. Returns its upper half.</summary>
    public static ulong BigMul(ulong a, ulong b, out ulong low)
    {
        ulong high = Runtime.Intrinsics.X86.Bmi2.X64.MultiplyNoFlags(a, b);
        low = a * b;
        return high;
    }
}

public static class MathF
{
    public const float PI = 3.14159265f;

    [Intrinsic]
    public static float Abs(float x) => Abs(x);

    [Intrinsic]
    public static float Sqrt(float x) => Sqrt(x);

    [Intrinsic]
    public static float Floor(float x) => Floor(x);

    [Intrinsic]
    public static float FusedMultiplyAdd(float x, float y, float z) => FusedMultiplyAdd(x, y, z);
}
