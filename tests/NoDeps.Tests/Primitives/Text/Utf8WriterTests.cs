using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>The writer against StringBuilder, and its behavior at the end of the buffer.</summary>
public sealed class Utf8WriterTests
{
    [Property(MaxTest = 2000)]
    public void WritesWhatAStringBuilderWrites(
        NonNull<string> text, DoNotSize<long> number, byte shift, byte width, NormalFloat real)
    {
        long value = number.Item >> (shift & 63);
        int columns = width % 40;
        CultureInfo invariant = CultureInfo.InvariantCulture;
        byte[] utf8 = Encoding.UTF8.GetBytes(text.Get);

        var expected = new StringBuilder();
        expected.Append(Encoding.UTF8.GetString(utf8)).Append('|').Append(value).Append('|').Append((ulong)value)
            .Append('|').Append(value.ToString(invariant).PadLeft(columns)).Append('|')
            .Append(value.ToString("N0", invariant)).Append('|').Append(((ulong)value).ToString("x" + columns % 17))
            .Append('|').Append(real.Get.ToString("F" + columns % 6, invariant));

        var writer = new Utf8Writer(new byte[4096]);
        writer.Text(utf8);
        writer.Byte((byte)'|');
        writer.Integer(value);
        writer.Text("|"u8);
        writer.Unsigned((ulong)value);
        writer.Text("|"u8);
        writer.IntegerPadded(value, columns);
        writer.Text("|"u8);
        writer.Grouped(value);
        writer.Text("|"u8);
        writer.Hex((ulong)value, columns % 17);
        writer.Text("|"u8);
        writer.Fixed(real.Get, columns % 6);

        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(writer.Written));
        Assert.Equal(writer.Written.Length, writer.Length);
        Assert.False(writer.Overflowed);
    }

    [Property(MaxTest = 2000)]
    public void NothingIsWrittenOutsideAndNothingAfterTheFirstLoss(byte room, byte start, int number)
    {
        int size = room % 40;
        byte[] buffer = new byte[size + 16];
        Array.Fill(buffer, (byte)0xEE);
        var writer = new Utf8Writer(buffer.AsSpan(8, size));
        writer.Repeat((byte)'a', start % 40);
        int before = writer.Length;
        string digits = number.ToString("N0", CultureInfo.InvariantCulture);
        writer.Grouped(number);
        bool fits = start % 40 + digits.Length <= size;
        Assert.Equal(!fits, writer.Overflowed);
        Assert.Equal(fits ? before + digits.Length : before, writer.Length);
        if (writer.Overflowed)
        {
            writer.Text("x"u8);
            writer.Byte(1);
            writer.Integer(1);
            writer.Unsigned(1);
            writer.IntegerPadded(1, 1);
            writer.Hex(1, 1);
            writer.Fixed(1, 0);
            writer.PadTo(100);
            Assert.Equal(before, writer.Length);
        }
        Assert.All(buffer[..8], b => Assert.Equal(0xEE, b));
        Assert.All(buffer[^8..], b => Assert.Equal(0xEE, b));
        writer.Clear();
        Assert.Equal(0, writer.Length);
        Assert.False(writer.Overflowed);
    }

    [Fact]
    public void ATextThatDoesNotFitIsCutBetweenCharacters()
    {
        string[] keptInRoom = ["", "", "é", "é", "é", "é€", "é€a"];
        for (int room = 0; room < keptInRoom.Length; room++)
        {
            var writer = new Utf8Writer(new byte[room]);
            writer.Text("é€a"u8);
            Assert.Equal(keptInRoom[room], Encoding.UTF8.GetString(writer.Written));
            Assert.Equal(room < 6, writer.Overflowed);
        }
    }

    [Fact]
    public void PadToCountsCharactersOfTheCurrentLine()
    {
        var writer = new Utf8Writer(new byte[100]);
        writer.Text("first line\né€"u8);
        writer.PadTo(4);
        writer.Text("|"u8);
        writer.PadTo(3);
        Assert.Equal("first line\né€  |", Encoding.UTF8.GetString(writer.Written));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(-999, "-999")]
    [InlineData(1000, "1,000")]
    [InlineData(-1000, "-1,000")]
    [InlineData(1446030, "1,446,030")]
    [InlineData(long.MinValue, "-9,223,372,036,854,775,808")]
    public void GroupsAreOfThreeDigits(long value, string expected)
    {
        var writer = new Utf8Writer(new byte[26]);
        writer.Grouped(value);
        Assert.Equal(expected, Encoding.UTF8.GetString(writer.Written));
    }
}
