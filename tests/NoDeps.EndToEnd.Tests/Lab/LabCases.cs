using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Lab;

/// <summary>A batch of lines through every form of a subject, against what the BCL says.</summary>
internal static class LabCases
{
    /// <summary>Asserts that each form gives each line its expected result.</summary>
    public static void Agree(string subject, string[] number, string[] lines, Func<string, string> expected)
    {
        string[] results = [.. lines.Select(expected)];
        foreach (string[] form in LabPipe.Forms(subject))
        {
            string[] found = LabPipe.Lines(lines, [subject, .. number, .. form]);
            for (int i = 0; i < lines.Length; i++)
                Assert.True(found[i] == results[i],
                    $"{subject} {string.Join(' ', number)} {string.Join(' ', form)} of {lines[i]}: {found[i]}, not {results[i]}");
        }
    }

    /// <summary>The same of lines of any bytes but a line feed.</summary>
    public static void Agree(string subject, string[] number, byte[][] lines, Func<byte[], byte[]> expected)
    {
        byte[][] results = [.. lines.Select(expected)];
        foreach (string[] form in LabPipe.Forms(subject))
        {
            byte[][] found = LabPipe.Lines(lines, [subject, .. number, .. form]);
            for (int i = 0; i < lines.Length; i++)
                Assert.True(found[i].AsSpan().SequenceEqual(results[i]), $"{subject} {string.Join(' ', number)} " +
                    $"{string.Join(' ', form)} of {Convert.ToHexString(lines[i])}: {Convert.ToHexString(found[i])}, " +
                    $"not {Convert.ToHexString(results[i])}");
        }
    }
}
