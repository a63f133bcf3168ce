using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>A test that needs the system's Python with Pillow, and perhaps other programs; skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PillowFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> HasPillow = new(() => Runs("/usr/bin/python3", "-c", "import PIL"));

    public PillowFactAttribute(params string[] programs)
    {
        if (!HasPillow.Value) Skip = "/usr/bin/python3 has no Pillow";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        foreach (string program in programs)
            if (!folders.Any(folder => File.Exists(Path.Combine(folder, program)))) Skip ??= $"{program} is not installed";
    }

    private static bool Runs(string program, params string[] arguments)
    {
        if (!File.Exists(program)) return false;
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
