using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Faults as sentences: every part, and every part that may be missing.</summary>
public sealed class FaultTextTests
{
    [Fact]
    public void NoFaultIsNoText() => Assert.Equal("", Sentence("f"u8, Fault.None));

    [Fact]
    public void OnlyWhat() =>
        Assert.Equal("a: no such file", Sentence("a"u8, Fault.Of(FaultKind.NoInput, "no such file"u8)));

    [Fact]
    public void WithoutAFile() =>
        Assert.Equal("disk full", Sentence(default, Fault.Of(FaultKind.System, "disk full"u8)));

    [Fact]
    public void AByteAndNumbers() =>
        Assert.Equal("x.gz: too short at byte 47: expected 100, found 88; is it whole?",
            Sentence("x.gz"u8, Fault.At(47, "too short"u8, 100, 88).WithHint("is it whole?"u8)));

    [Fact]
    public void HexadecimalNumbers()
    {
        Assert.Equal("x: wrong magic number at byte 0: expected 0x00000803, found 0xffffffff",
            Sentence("x"u8, Fault.AtHex(0, "wrong magic number"u8, 0x803, 0xFFFFFFFF)));
        Assert.Equal("x: wrong at byte 0: expected 0x0000000000000001, found 0xffffffffffffffff",
            Sentence("x"u8, Fault.AtHex(0, "wrong"u8, 1, -1)));
    }

    [Fact]
    public void AByteAndAQuote() =>
        Assert.Equal("x: unknown word 'wub' at byte 9; try 'web'",
            Sentence("x"u8, Fault.At(9, "unknown word"u8).WithQuote("wub"u8).WithHint("try 'web'"u8)));

    [Fact]
    public void ALine()
    {
        Fault fault = Fault.AtLine(7, "unknown layer"u8).WithQuote("konv"u8).WithHint("see --help"u8);
        Assert.Equal("my.net: line 7: unknown layer 'konv': see --help", Sentence("my.net"u8, fault));
        Assert.Equal("line 7: unknown layer 'konv': see --help", Sentence(default, fault));
    }

    [Fact]
    public void ControlCharactersAreShown() =>
        Assert.Equal("a\\x0ab: bad '\\x1b[31m\\x00é\\x7f'",
            Sentence("a\nb"u8, Fault.Of(FaultKind.Data, "bad"u8).WithQuote("\u001b[31m\0é\u007f"u8)));

    [Fact]
    public void LongQuotesAreCutBetweenCharacters()
    {
        byte[] sixty = Encoding.UTF8.GetBytes(new string('a', 60));
        Assert.Equal($"bad '{new string('a', 60)}'",
            Sentence(default, Fault.Of(FaultKind.Data, "bad"u8).WithQuote(sixty)));
        byte[] longer = Encoding.UTF8.GetBytes(new string('a', 59) + "éé");
        Assert.Equal($"bad '{new string('a', 59)}...'",
            Sentence(default, Fault.Of(FaultKind.Data, "bad"u8).WithQuote(longer)));
    }

    [Property(MaxTest = 2000)]
    public void OneLineWhateverIsQuoted(byte[] quote, byte[] file)
    {
        string text = Sentence(file, Fault.At(3, "bad"u8).WithQuote(quote));
        Assert.DoesNotContain(text, c => c < ' ' || c == '\u007f');
    }

    private static string Sentence(ReadOnlySpan<byte> file, Fault fault)
    {
        var writer = new Utf8Writer(new byte[1000]);
        FaultText.Write(ref writer, file, fault);
        Assert.False(writer.Overflowed);
        return Encoding.UTF8.GetString(writer.Written);
    }
}
