using System.Text;
using NoDeps.Formats;
using NoDeps.Primitives;
using NoDeps.Tests.Formats.Pictures;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>The list of a folder's classes, compared with what .NET's decoder and splitting of strings make of it.</summary>
public sealed unsafe class ClassNameListTests
{
    /// <summary>The names with '|' between them, or "line N"; file and names end at guard pages.</summary>
    private static string Read(ReadOnlySpan<byte> text)
    {
        using var file = new GuardedBuffer(text);
        using var names = new GuardedBuffer(text.Length);
        Fault fault = ClassNameList.Read(file.Bytes, names.Bytes, out int length);
        Assert.True(file.IsIntact && names.IsIntact);
        if (fault.IsNone) return Encoding.UTF8.GetString(names.Bytes[..length]).Replace('\n', '|');
        Assert.Equal(0, length);
        Assert.Equal("not a valid class name", Encoding.UTF8.GetString(fault.What));
        Assert.True(fault.IsLine);
        return $"line {fault.Offset}";
    }

    private static string Model(byte[] file)
    {
        ReadOnlySpan<byte> text = file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? file.AsSpan(3) : file;
        // In Latin-1 every byte is a character.
        string[] lines = Encoding.Latin1.GetString(text).Split('\n');
        if (lines.Length > 1 && lines[^1] == "") lines = lines[..^1];
        lines = [.. lines.Select(line => line.EndsWith('\r') ? line[..^1] : line)];
        bool hasEnd = text.Length > 0 && text[^1] == '\n';
        if (lines is [""] && (hasEnd || text.Length == 0)) return "";
        var strict = new UTF8Encoding(false, true);
        for (int i = 0; i < lines.Length; i++)
        {
            try
            {
                string name = strict.GetString(Encoding.Latin1.GetBytes(lines[i]));
                if (name == "" || name.Any(c => c is < ' ' or '\x7F')) return $"line {i + 1}";
                lines[i] = name;
            }
            catch (DecoderFallbackException)
            {
                return $"line {i + 1}";
            }
        }
        return string.Join('|', lines);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("one", "one")]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\r\ntwo\r\nthree\r", "one|two|three")]
    [InlineData("\ufeffone\ntwo", "one|two")]
    [InlineData("お\nankle boot\n", "お|ankle boot")]
    [InlineData("one\n\nthree\n", "line 2")]
    [InlineData("one\n\n", "line 2")]
    [InlineData("\n\n", "line 1")]
    [InlineData("one\ntw\to", "line 2")]
    [InlineData("one\rtwo", "line 1")]
    [InlineData("a\n\u001b[31m\n", "line 2")]
    [InlineData("a\nb\u007f\n", "line 2")]
    public void LinesAreNames(string file, string names)
    {
        Assert.Equal(names, Read(Encoding.UTF8.GetBytes(file)));
        Assert.Equal(names, Model(Encoding.UTF8.GetBytes(file)));
    }

    [Fact]
    public void NamesThatAreNotUtf8AreRefused() => Assert.Equal("line 2", Read([(byte)'a', (byte)'\n', 0xC3, (byte)'\n']));

    [Fact]
    public void AnythingElseIsReadAsTheModelReadsIt()
    {
        byte[] whole = [0xEF, 0xBB, 0xBF, .. "zero\r\nお き\n\ntwo\nthree\u00e9\r\r\n"u8];
        for (int start = 0; start < whole.Length; start++)
            for (int end = start; end <= whole.Length; end++) Assert.Equal(Model(whole[start..end]), Read(whole.AsSpan()[start..end]));
        var random = new Random(8);
        byte[] telling = [0, (byte)'\n', (byte)'\n', (byte)'\r', (byte)' ', 0x1B, 0x7F, 0x80, 0xC3, 0xA9, 0xE3, 0xFF, (byte)'a', (byte)'|'];
        int refused = 0;
        for (int trial = 0; trial < 5000; trial++)
        {
            byte[] file = [.. "one\ntwo\nお\n"u8];
            for (int change = random.Next(1, 4); change > 0; change--)
                file[random.Next(file.Length)] = telling[random.Next(telling.Length)];
            string read = Read(file);
            Assert.Equal(Model(file), read);
            if (read.StartsWith("line", StringComparison.Ordinal)) refused++;
        }
        Assert.InRange(refused, 1000, 4500);
    }

    [Fact]
    public void ALongListIsRefused()
    {
        byte[] file = new byte[ClassNameList.MaxBytes + 1];
        file.AsSpan().Fill((byte)'a');
        byte[] names = new byte[file.Length];
        Fault fault = ClassNameList.Read(file, names, out int length);
        Assert.Equal((FaultKind.Data, 0, (long)ClassNameList.MaxBytes), (fault.Kind, length, fault.Offset));
        Assert.True(ClassNameList.Read(file.AsSpan(1), names, out length).IsNone);
        Assert.Equal(ClassNameList.MaxBytes, length);
    }
}
