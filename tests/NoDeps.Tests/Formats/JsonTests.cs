using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;
using JsonToken = NoDeps.Formats.JsonToken;

namespace NoDeps.Tests.Formats;

public class JsonTests
{
    /// <summary>All tokens as text; then the fault, if there is one.</summary>
    private static List<string> Tokens(byte[] text, out FaultRecord fault)
    {
        var tokens = new List<string>();
        var json = new JsonReader(text);
        while (true)
        {
            fault = FaultRecord.Of(json.Read());
            if (!fault.IsNone)
            {
                Assert.InRange(fault.Offset, 0, text.Length);
                return tokens;
            }
            Assert.InRange(json.Offset, 0, text.Length);
            if (json.Token == JsonToken.End) return tokens;
            tokens.Add(json.Token switch
            {
                JsonToken.Name or JsonToken.String => $"{json.Token} {Unescaped(json.Raw)}",
                JsonToken.Integer => $"Integer {json.Integer}",
                JsonToken.Number => $"Number {Encoding.UTF8.GetString(json.Raw)}",
                _ => json.Token.ToString(),
            });
        }
    }

    private static string Unescaped(ReadOnlySpan<byte> raw)
    {
        byte[] buffer = new byte[raw.Length];
        int length = JsonText.Unescape(raw, buffer);
        Assert.True(length >= 0);
        if (length > 0) Assert.Equal(-1, JsonText.Unescape(raw, buffer.AsSpan(0, length - 1)));
        Assert.True(JsonText.EqualTo(raw, buffer.AsSpan(0, length)));
        Assert.False(JsonText.EqualTo(raw, [.. buffer.AsSpan(0, length), 1]));
        if (length > 0) Assert.False(JsonText.EqualTo(raw, buffer.AsSpan(0, length - 1)));
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>The same from System.Text.Json; null when it rejects the text.</summary>
    private static List<string>? Reference(byte[] text)
    {
        try
        {
            var tokens = new List<string>();
            var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonReader.MaxDepth });
            while (json.Read())
                tokens.Add(json.TokenType switch
                {
                    JsonTokenType.PropertyName => $"Name {json.GetString()}",
                    JsonTokenType.String => $"String {json.GetString()}",
                    JsonTokenType.Number when json.TryGetInt64(out long value)
                        && json.ValueSpan.IndexOfAny("eE."u8) < 0 => $"Integer {value}",
                    JsonTokenType.Number => $"Number {Encoding.UTF8.GetString(json.ValueSpan)}",
                    JsonTokenType.StartObject => "ObjectStart",
                    JsonTokenType.EndObject => "ObjectEnd",
                    JsonTokenType.StartArray => "ArrayStart",
                    JsonTokenType.EndArray => "ArrayEnd",
                    _ => json.TokenType.ToString(),
                });
            return tokens;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Same(byte[] text)
    {
        List<string> ours = Tokens(text, out FaultRecord fault);
        List<string>? theirs = Reference(text);
        Assert.True(fault.IsNone == (theirs != null),
            $"{fault}; System.Text.Json {(theirs == null ? "rejects" : "accepts")}: {Encoding.Latin1.GetString(text)}");
        if (theirs != null) Assert.Equal(theirs, ours);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" [ ] ")]
    [InlineData("[1, -2, 0, -0, 9223372036854775807, -9223372036854775808, 9223372036854775808, 1.5, 1e5, -1.5E-3]")]
    [InlineData("{\"a\":{\"b\":[true,false,null]},\"c\":\"\"}")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\\u0000 é€😀\"")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("{1:1}")]
    [InlineData("[1 2]")]
    [InlineData("[01]")]
    [InlineData("[-]")]
    [InlineData("[1.]")]
    [InlineData("[.5]")]
    [InlineData("[1e]")]
    [InlineData("[+1]")]
    [InlineData("[1}")]
    [InlineData("{]")]
    [InlineData("nul")]
    [InlineData("nulll")]
    [InlineData("{} {}")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12G4\"")]
    [InlineData("\"\\u123\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\ud800x\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("\"\u0001\"")]
    [InlineData("\"open")]
    [InlineData("// comment\n1")]
    public void AgreesWithSystemTextJson(string text) => Same(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void ChecksUTF8AsDotnetDoes()
    {
        var random = new Random(1);
        var strict = new UTF8Encoding(false, true);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] inner = new byte[random.Next(1, 6)];
            for (int k = 0; k < inner.Length; k++)
                inner[k] = (byte)(k == 0 ? random.Next(0xC0, 0x100)
                    : random.Next(4) == 0 ? 0x41 : random.Next(0x80, 0xC0));
            bool valid = true;
            try { strict.GetString(inner); }
            catch (ArgumentException) { valid = false; }
            Tokens([(byte)'"', .. inner, (byte)'"'], out FaultRecord fault);
            Assert.Equal(valid, fault.IsNone);
        }
    }

    [Fact]
    public void DamagedTextsAreJudgedAsSystemTextJsonJudgesThem()
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "{\"__metadata__\":{\"net\":\"conv 6\\nrelu\",\"x\":\"\\u00e9\\ud83d\\ude00\"},"
            + "\"0.weight\":{\"dtype\":\"F32\","
            + "\"shape\":[6,1,5,5],\"data_offsets\":[0,600]},\"t\":[true,null,-1.5e3]}");
        Same(text);
        for (int length = 0; length < text.Length; length++) Same(text[..length]);
        var random = new Random(2);
        string likely = "{}[],:\"\\ue01-+.tfn \n";
        for (int i = 0; i < 20_000; i++)
        {
            byte[] copy = [.. text];
            for (int n = random.Next(1, 4); n > 0; n--)
                copy[random.Next(copy.Length)] = (byte)likely[random.Next(likely.Length)];
            Same(copy);
        }
    }

    [Fact]
    public void NestsSoDeepAndNoDeeper()
    {
        string deep = new string('[', JsonReader.MaxDepth) + new string(']', JsonReader.MaxDepth);
        Tokens(Encoding.ASCII.GetBytes(deep), out FaultRecord fault);
        Assert.True(fault.IsNone);
        Tokens(Encoding.ASCII.GetBytes("[" + deep + "]"), out fault);
        Assert.Equal("JSON: too many nested objects and arrays", fault.What);
        Assert.Equal(JsonReader.MaxDepth, fault.Offset);
    }

    [Property]
    public void WrittenStringsAreReadBack(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
        byte[] buffer = new byte[6 * utf8.Length + 2];
        var writer = new Utf8Writer(buffer);
        JsonText.Write(ref writer, utf8);
        Assert.False(writer.Overflowed);
        Assert.Equal(Encoding.UTF8.GetString(utf8), JsonSerializer.Deserialize<string>(writer.Written));
        Assert.Equal(["String " + Encoding.UTF8.GetString(utf8)], Tokens(writer.Written.ToArray(), out _));
    }

    [Property]
    public void StringsOfSystemTextJsonAreRead(string text)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(text ?? "");
        Assert.Equal(["String " + JsonSerializer.Deserialize<string>(json)], Tokens(json, out _));
    }
}
