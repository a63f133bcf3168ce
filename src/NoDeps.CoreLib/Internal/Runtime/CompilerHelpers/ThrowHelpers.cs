using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// The targets of failed run-time checks in compiled code. A failed check is always a bug of this program, never a
/// fault of its input: it prints what failed and where, and exits with 134. The methods that end in "Removed",
/// "InvalidProgram" or "Unavailable" replace code that ilc could not compile; the build rejects a binary that still
/// calls one. Each method ends in an infinite loop, which tells the JIT that it does not return: callers keep nothing
/// alive across the call, and it is not inlined.
/// </summary>
internal static unsafe class ThrowHelpers
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(ReadOnlySpan<byte> message, nint codeAddress)
    {
        fixed (byte* text = message) Host.Fail(text, codeAddress);
    }

    public static void ThrowIndexOutOfRangeException()
    {
        Fail("index out of range"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowDivideByZeroException()
    {
        Fail("division by zero"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowOverflowException()
    {
        Fail("arithmetic overflow"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowNullReferenceException()
    {
        Fail("null reference"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowArgumentException()
    {
        Fail("destination too short"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowArgumentOutOfRangeException()
    {
        Fail("range outside its span"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    internal static void ThrowInvalidCastException()
    {
        Fail("wrong type"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowPlatformNotSupportedException()
    {
        Fail("unsupported instruction"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowFeatureBodyRemoved()
    {
        Fail("removed code"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowBodyRemoved()
    {
        Fail("removed code"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowInstanceBodyRemoved()
    {
        Fail("removed code"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowUnavailableType()
    {
        Fail("unavailable type"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowInvalidProgramException()
    {
        Fail("invalid program"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowInvalidProgramExceptionWithArgument()
    {
        Fail("invalid program"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    public static void ThrowNotImplementedException()
    {
        Fail("not implemented"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }

    [RuntimeExport("RhpFallbackFailFast")]
    private static void FallbackFailFast()
    {
        Fail("fail fast"u8, Host.ReturnAddress());
        while (true)
        {
        }
    }
}
