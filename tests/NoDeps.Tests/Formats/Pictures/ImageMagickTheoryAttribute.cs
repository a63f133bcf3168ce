using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>A theory that compares with ImageMagick; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ImageMagickTheoryAttribute : TheoryAttribute
{
    private static readonly bool Installed = IsThere();

    /// <summary>Decides when the test is discovered.</summary>
    public ImageMagickTheoryAttribute()
    {
        if (!Installed) Skip = "ImageMagick is not installed";
    }

    private static bool IsThere()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("convert", ["-version"]) { RedirectStandardOutput = true })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text.Contains("ImageMagick", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
