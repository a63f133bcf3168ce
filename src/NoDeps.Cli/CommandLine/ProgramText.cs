using System;

namespace NoDeps.Cli;

/// <summary>The texts of the program's help page and man page around the list of commands.</summary>
internal static class ProgramText
{
    /// <summary>The description of the program.</summary>
    public static ReadOnlySpan<byte> Introduction => """
        nodeps trains and runs convolutional networks on images. It depends on nothing
        but the Linux kernel.

        """u8;

    /// <summary>The exit codes.</summary>
    public static ReadOnlySpan<byte> Notes => """
        Exit codes: 0 success, 1 a check found a difference, 64 wrong usage, 65 wrong
        data, 66 missing input, 69 processor too old, 71 system error, 73 cannot create
        output, 74 input/output error, 128 + N ended by signal N (130: Ctrl-C).

        """u8;
}
