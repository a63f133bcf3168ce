using System.Diagnostics;
using System.Text;

namespace NoDeps.Tests.Formats;

/// <summary>Runs numpy, where Debian's Python has it.</summary>
internal static class Numpy
{
    private static readonly Lazy<bool> Found = new(() => TryRun("import numpy", out _));

    internal static bool IsThere => Found.Value;

    /// <summary>What a program in Python writes to its standard output; numpy is imported as np.</summary>
    internal static byte[] Run(string program) =>
        TryRun("import sys, io\nimport numpy as np\nout = sys.stdout.buffer\n" + program, out byte[] output) ? output
            : throw new InvalidOperationException(Encoding.UTF8.GetString(output));

    private static bool TryRun(string program, out byte[] output)
    {
        output = [];
        if (!File.Exists("/usr/bin/python3")) return false;
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var memory = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(memory);
        process.WaitForExit();
        output = process.ExitCode == 0 ? memory.ToArray() : Encoding.UTF8.GetBytes(errors.Result);
        return process.ExitCode == 0;
    }
}
