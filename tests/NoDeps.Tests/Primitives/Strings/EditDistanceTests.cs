using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>The distance of words against its recursive definition.</summary>
public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("conv", "conv", 0)]
    [InlineData("covn", "conv", 1)]
    [InlineData("Conv", "conv", 0)]
    [InlineData("desne", "dense", 1)]
    [InlineData("kernal", "kernel", 1)]
    [InlineData("", "relu", 4)]
    [InlineData("ca", "abc", 3)] // no byte is touched twice
    public void KnownDistances(string a, string b, int distance) =>
        Assert.Equal(distance, EditDistance.Of(Bytes(a), Bytes(b)));

    [Fact]
    public void AWordTooLongIsFarFromEverything()
    {
        byte[] tooLong = new byte[EditDistance.MaxLength + 1];
        Assert.Equal(EditDistance.MaxLength + 1, EditDistance.Of(tooLong, tooLong));
        Assert.Equal(EditDistance.MaxLength + 1, EditDistance.Of("a"u8, tooLong));
        Assert.Equal(EditDistance.MaxLength, EditDistance.Of(default, tooLong.AsSpan(1)));
    }

    /// <summary>Few letters, so that many are the same.</summary>
    [Property(MaxTest = 2000)]
    public void IsItsDefinition(byte[] first, byte[] second)
    {
        byte[] a = Few(first), b = Few(second);
        Assert.Equal(Defined(a, b, a.Length, b.Length, []), EditDistance.Of(a, b));
        Assert.Equal(EditDistance.Of(b, a), EditDistance.Of(a, b));
    }

    private static byte[] Few(byte[] bytes) => [.. bytes.Take(10).Select(x => (byte)('a' + x % 3))];

    private static int Defined(byte[] a, byte[] b, int i, int j, Dictionary<(int, int), int> known)
    {
        if (i == 0 || j == 0) return i + j;
        if (known.TryGetValue((i, j), out int distance)) return distance;
        distance = Math.Min(Defined(a, b, i - 1, j - 1, known) + (a[i - 1] == b[j - 1] ? 0 : 1),
            1 + Math.Min(Defined(a, b, i - 1, j, known), Defined(a, b, i, j - 1, known)));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            distance = Math.Min(distance, 1 + Defined(a, b, i - 2, j - 2, known));
        return known[(i, j)] = distance;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
