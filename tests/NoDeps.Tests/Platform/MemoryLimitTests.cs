using NoDeps.Platform;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>What the system says of its memory.</summary>
public sealed class MemoryLimitTests
{
    [Fact]
    public void SmallRequestsHaveNoLimit() => Assert.Equal(long.MaxValue, MemoryLimit.Available((16L << 20) - 1));

    /// <summary>Between a look before and a look after, with room for what other programs take and return meanwhile.</summary>
    [Fact]
    public void LargeRequestsAreComparedWithWhatIsAvailable()
    {
        const long Change = 2L << 30;
        long limit = MemoryLimit.OfControlGroup(default);
        long before = Math.Min(MemAvailable(), limit);
        long available = MemoryLimit.Available(1L << 40);
        long after = Math.Min(MemAvailable(), limit);
        Assert.InRange(available, Math.Min(before, after) - Change, Math.Max(before, after) + Change);
    }

    private static long MemAvailable()
    {
        string line = File.ReadLines("/proc/meminfo").First(text => text.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    [Fact]
    public void TheNumberAfterAWordIsFound()
    {
        Assert.True(MemoryLimit.TryParse("MemTotal:  16 kB\nMemAvailable:   12345678 kB\n"u8, "MemAvailable:"u8, out long number));
        Assert.Equal(12345678, number);
        Assert.True(MemoryLimit.TryParse("MemAvailable: 7"u8, "MemAvailable:"u8, out number));
        Assert.Equal(7, number);
        Assert.True(MemoryLimit.TryParse("9223372036854771712\n"u8, default, out number));
        Assert.Equal(9223372036854771712, number);
    }

    [Fact]
    public void ATextWithoutTheNumberHasNone()
    {
        Assert.False(MemoryLimit.TryParse("max\n"u8, default, out _));
        Assert.False(MemoryLimit.TryParse(default, default, out _));
        Assert.False(MemoryLimit.TryParse("MemTotal: 16 kB\n"u8, "MemAvailable:"u8, out _));
        Assert.False(MemoryLimit.TryParse("MemAvailable:"u8, "MemAvailable:"u8, out _));
        Assert.False(MemoryLimit.TryParse("MemAvailable: kB"u8, "MemAvailable:"u8, out _));
        Assert.False(MemoryLimit.TryParse("99999999999999999999"u8, default, out _));
    }
}
