using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

public unsafe class SafetensorsTests
{
    private delegate void Use(SafetensorsFile file);

    private static FaultRecord Open(byte[] file, Use? use = null)
    {
        fixed (byte* p = file)
        {
            FaultRecord fault = FaultRecord.Of(SafetensorsFile.Open(p, file.Length, out SafetensorsFile opened));
            Assert.Equal(fault.IsNone, opened != null);
            if (fault.IsNone) use?.Invoke(opened!);
            else Assert.InRange(fault.Offset, 0, file.Length);
            return fault;
        }
    }

    private static byte[] Made(string header, int data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        for (int i = 0; i < data; i++) file[8 + text.Length + i] = (byte)i;
        return file;
    }

    private static string Text(ReadOnlySpan<byte> raw)
    {
        byte[] buffer = new byte[raw.Length];
        return Encoding.UTF8.GetString(buffer, 0, JsonText.Unescape(raw, buffer));
    }

    private static readonly SafetensorsType[] Types = Enum.GetValues<SafetensorsType>()[1..];

    [Property]
    public void WhatIsWrittenIsRead(string[] names, string[] keys, int seed)
    {
        var random = new Random(seed);
        byte[][] tensorNames = [.. Distinct(names).Where(n => n != "__metadata__").Select(Encoding.UTF8.GetBytes)];
        byte[][] metaKeys = [.. Distinct(keys).Select(Encoding.UTF8.GetBytes)];
        var types = tensorNames.Select(_ => Types[random.Next(Types.Length)]).ToArray();
        var shapes = tensorNames.Select(_ => Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(4)).ToArray())
            .ToArray();

        byte[] buffer = new byte[1 << 18];
        var header = new SafetensorsHeader(buffer);
        for (int i = 0; i < metaKeys.Length; i++) header.Metadata(metaKeys[i], metaKeys[metaKeys.Length - 1 - i]);
        var begins = new long[tensorNames.Length];
        for (int i = 0; i < begins.Length; i++) begins[i] = header.Tensor(tensorNames[i], types[i], shapes[i]);
        long dataLength = header.DataLength;
        Assert.True(header.Finish(out int length).IsNone);
        Assert.Equal(0, length % 8);
        byte[] file = buffer[..(int)(length + dataLength)];

        // As an ordinary JSON parser sees it.
        using JsonDocument json = JsonDocument.Parse(file.AsMemory(8, length - 8));
        Assert.Equal(length - 8, BinaryPrimitives.ReadInt64LittleEndian(file));
        for (int i = 0; i < begins.Length; i++)
        {
            JsonElement tensor = json.RootElement.GetProperty(tensorNames[i]);
            long end = i + 1 < begins.Length ? begins[i + 1] : dataLength;
            Assert.Equal(types[i].ToString().ToUpperInvariant(),
                tensor.GetProperty("dtype").GetString()!.Replace("_", "", StringComparison.Ordinal));
            Assert.Equal(shapes[i], tensor.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()));
            Assert.Equal([begins[i], end],
                tensor.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt64()));
        }

        FaultRecord fault = Open(file, opened =>
        {
            Assert.Equal(tensorNames.Length, opened.Count);
            Assert.Equal(metaKeys.Length, opened.MetadataCount);
            for (int i = 0; i < tensorNames.Length; i++)
            {
                Assert.True(opened.TryFind(tensorNames[i], out SafetensorsEntry entry));
                Assert.Equal(types[i], entry.Type);
                Assert.Equal(shapes[i].Length, entry.Rank);
                for (int d = 0; d < entry.Rank; d++) Assert.Equal(shapes[i][d], entry.Dimension(d));
                Assert.Equal(0, entry.Dimension(entry.Rank));
                Assert.Equal(shapes[i].Aggregate(1L, (a, b) => a * b), entry.Count);
                Assert.Equal(entry.Count * SafetensorsTypes.SizeOf(types[i]), entry.Length);
                fixed (byte* p = file) Assert.Equal(length + begins[i], entry.Data - p);
                Assert.Equal(tensorNames[i], Encoding.UTF8.GetBytes(Text(opened.RawNameAt(i))));
            }
            for (int i = 0; i < metaKeys.Length; i++)
            {
                Assert.True(opened.TryMetadata(metaKeys[i], out ReadOnlySpan<byte> raw));
                Assert.Equal(Encoding.UTF8.GetString(metaKeys[metaKeys.Length - 1 - i]), Text(raw));
            }
            Assert.False(opened.TryFind("no such tensor \0\u0001"u8, out _));
            Assert.False(opened.TryMetadata("no such key \0\u0001"u8, out _));
        });
        Assert.True(fault.IsNone, fault.ToString());
    }

    /// <summary>Distinct as UTF-8: two strings may differ in halves of surrogate pairs only.</summary>
    private static IEnumerable<string> Distinct(string[] names) =>
        names.Select(n => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(n ?? ""))).Distinct();

    [Fact]
    public void EscapesAndOrderDoNotMatter()
    {
        byte[] file = Made("""
            {"b":{"data_offsets":[4,6],"shape":[2],"dtype":"U8"},
             "\u0061\/\ud83d\ude00":{"dtype":"\u0046\u0033\u0032","shape":[],"data_offsets":[0,4]},
             "e":{"dtype":"I64","shape":[3,0],"data_offsets":[4,4]},
             "__met\u0061data__":{"k\n":"v\"\u00e9"}}
            """.Replace("k\n", "k\\n") + "   ", 6);
        FaultRecord fault = Open(file, opened =>
        {
            Assert.Equal(3, opened.Count);
            Assert.True(opened.TryFind("a/😀"u8, out SafetensorsEntry a));
            Assert.Equal((SafetensorsType.F32, 0, 1L, 0), (a.Type, a.Rank, a.Count, *a.Data));
            Assert.True(opened.TryFind("b"u8, out SafetensorsEntry b));
            Assert.Equal(4, *b.Data);
            Assert.True(opened.TryFind("e"u8, out SafetensorsEntry e));
            Assert.Equal(0, e.Count);
            Assert.True(opened.TryMetadata("k\n"u8, out ReadOnlySpan<byte> raw));
            Assert.Equal("v\"é", Text(raw));
        });
        Assert.True(fault.IsNone, fault.ToString());
    }

    [Theory]
    [InlineData("two tensors overlap", "{'a':{T,'data_offsets':[0,4]},'b':{T,'data_offsets':[2,6]}}", 6)]
    [InlineData("two tensors overlap", "{'a':{T,'data_offsets':[0,4]},'b':{T,'data_offsets':[0,4]}}", 4)]
    [InlineData("a gap between two tensors", "{'a':{T,'data_offsets':[0,4]},'b':{T,'data_offsets':[5,9]}}", 9)]
    [InlineData("a gap between two tensors", "{'a':{T,'data_offsets':[1,5]}}", 5)]
    [InlineData("bytes after the last tensor", "{'a':{T,'data_offsets':[0,4]}}", 5)]
    [InlineData("bytes after the last tensor", "{}", 1)]
    [InlineData("the file is shorter than its tensors", "{'a':{T,'data_offsets':[0,4]}}", 3)]
    [InlineData("duplicate name in the header",
        "{'a':{T,'data_offsets':[0,4]},'\\u0061':{T,'data_offsets':[4,8]}}", 8)]
    [InlineData("duplicate name in the header", "{'__metadata__':{},'__metadata__':{}}", 0)]
    [InlineData("duplicate name in the header", "{'__metadata__':{'a':'','a':''}}", 0)]
    [InlineData("duplicate name in the header", "{'a':{T,'shape':[4],'data_offsets':[0,4]}}", 4)]
    [InlineData("duplicate name in the header", "{'a':{T,'dtype':'U8','data_offsets':[0,4]}}", 4)]
    [InlineData("duplicate name in the header", "{'a':{T,'data_offsets':[0,4],'data_offsets':[0,4]}}", 4)]
    [InlineData("unknown dtype", "{'a':{'dtype':'F31','shape':[],'data_offsets':[0,4]}}", 4)]
    [InlineData("dtype must be a string", "{'a':{'dtype':1,'shape':[],'data_offsets':[0,4]}}", 4)]
    [InlineData("shape must be an array", "{'a':{'dtype':'U8','shape':4,'data_offsets':[0,4]}}", 4)]
    [InlineData("a dimension must be a non-negative integer",
        "{'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,4]}}", 4)]
    [InlineData("a dimension must be a non-negative integer",
        "{'a':{'dtype':'U8','shape':[4.0],'data_offsets':[0,4]}}", 4)]
    [InlineData("too many dimensions", "{'a':{'dtype':'U8','shape':[1,1,1,1,1,1,1,1,4],'data_offsets':[0,4]}}", 4)]
    [InlineData("a tensor's shape is too large for any file",
        "{'a':{'dtype':'U8','shape':[4294967296,4294967296],'data_offsets':[0,0]}}", 0)]
    [InlineData("data_offsets do not match shape and dtype", "{'a':{T,'data_offsets':[0,5]}}", 5)]
    [InlineData("data_offsets must be two non-negative integers in ascending order",
        "{'a':{T,'data_offsets':[4,0]}}", 4)]
    [InlineData("data_offsets must be two non-negative integers in ascending order",
        "{'a':{T,'data_offsets':[-4,0]}}", 4)]
    [InlineData("data_offsets must be two non-negative integers in ascending order",
        "{'a':{T,'data_offsets':[4]}}", 4)]
    [InlineData("data_offsets must be two non-negative integers in ascending order",
        "{'a':{T,'data_offsets':[0,4,4]}}", 4)]
    [InlineData("a tensor needs dtype, shape and data_offsets", "{'a':{T}}", 4)]
    [InlineData("a tensor needs dtype, shape and data_offsets", "{'a':{}}", 4)]
    [InlineData("unknown name in a tensor's description", "{'a':{T,'more':1}}", 4)]
    [InlineData("a tensor's description must be an object", "{'a':[]}", 4)]
    [InlineData("__metadata__ must be an object of strings", "{'__metadata__':[]}", 0)]
    [InlineData("__metadata__ must be an object of strings", "{'__metadata__':{'a':1}}", 0)]
    [InlineData("the header does not begin with a brace", " {}", 0)]
    [InlineData("the header does not begin with a brace", "", 0)]
    [InlineData("JSON: text after the value", "{}{}", 0)]
    [InlineData("JSON: unexpected end of the text", "{'a'", 0)]
    public void EachFaultHasItsOwnWords(string what, string header, int data) =>
        Assert.Equal(what, Open(Made(header.Replace('\'', '"').Replace("T", "\"dtype\":\"U8\",\"shape\":[4]")
            .Replace("\"shape\":[4],\"dtype\"", "\"dtype\""), data)).What);

    [Fact]
    public void FaultsCountFromTheStartOfTheFile()
    {
        FaultRecord fault = Open(Made("""{"a":{"dtype":"F31","shape":[],"data_offsets":[0,4]}}""", 4));
        Assert.Equal(new FaultRecord(FaultKind.Data, "unknown dtype", 8 + 14, 0, 0, "F31"), fault);
        fault = Open(Made("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,5]}}""", 5));
        Assert.Equal((8 + 5, 4L, 5L, "a"), (fault.Offset, fault.Expected, fault.Found, fault.Quote));
    }

    [Fact]
    public void AHeaderLengthIsNotBelieved()
    {
        Assert.Equal("the file is empty", Open([]).What);
        Assert.Equal("the file is shorter than the 8-byte header length", Open(new byte[7]).What);
        Assert.Equal("the header does not begin with a brace", Open(new byte[8]).What);
        byte[] file = Made("{}", 0);
        BinaryPrimitives.WriteInt64LittleEndian(file, 3);
        Assert.Equal("the file ends within its header", Open(file).What);
        BinaryPrimitives.WriteInt64LittleEndian(file, 100_000_001);
        Assert.Equal("the header is too long", Open(file).What);
        BinaryPrimitives.WriteInt64LittleEndian(file, -1);
        Assert.Equal("the header is too long", Open(file).What);
        Assert.True(Open(Made("{}", 0)).IsNone);
    }

    [Fact]
    public void DamagedFilesAreOpenedOrRefusedAndNothingElse()
    {
        byte[] file = Made("""
            {"__metadata__":{"net":"conv 6\nrelu"},"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
            "0.bias":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},
            "n":{"dtype":"I64","shape":[],"data_offsets":[16,24]}}
            """, 24);
        Assert.True(Open(file).IsNone);
        for (int length = 0; length < file.Length; length++) Assert.False(Open(file[..length]).IsNone);
        var random = new Random(1);
        for (int i = 0; i < 30_000; i++)
        {
            byte[] copy = [.. file];
            for (int n = random.Next(1, 4); n > 0; n--)
                copy[random.Next(copy.Length)] = random.Next(3) == 0
                    ? (byte)random.Next(256)
                    : (byte)"{}[],:\"0123456789FU8I64"[random.Next(23)];
            Open(copy, opened =>
            {
                fixed (byte* p = copy)
                    for (int k = 0; k < opened.Count; k++)
                    {
                        SafetensorsEntry entry = opened.EntryAt(k);
                        Assert.InRange(entry.Data - p, 0, copy.Length - entry.Length);
                    }
            });
        }
    }

    [Fact]
    public void ALargeHeaderTakesNoQuadraticTime()
    {
        const int Tensors = 200_000;
        var text = new StringBuilder("{");
        for (int i = 0; i < Tensors; i++)
            text.Append($"{(i > 0 ? "," : "")}\"t{i}\":{{\"dtype\":\"U8\",\"shape\":[1],")
                .Append($"\"data_offsets\":[{Tensors - 1 - i},{Tensors - i}]}}");
        FaultRecord fault = Open(Made(text.Append('}').ToString(), Tensors), opened =>
        {
            Assert.True(opened.TryFind("t0"u8, out SafetensorsEntry entry));
            Assert.Equal((byte)(Tensors - 1 & 0xFF), *entry.Data);
        });
        Assert.True(fault.IsNone, fault.ToString());
    }

    [Fact]
    public void AHeaderWithoutRoomOrOutOfOrderIsRefused()
    {
        for (int room = 0; room < 80; room++)
        {
            var small = new SafetensorsHeader(new byte[room]);
            small.Tensor("name"u8, SafetensorsType.F32, [2, 3]);
            FaultRecord fault = FaultRecord.Of(small.Finish(out int length));
            Assert.Equal(room < 72 ? "the buffer is too small for the safetensors header" : "", fault.What);
            Assert.Equal(room < 72 ? 0 : 72, length);
        }
        byte[] buffer = new byte[1000];
        var late = new SafetensorsHeader(buffer);
        late.Tensor("name"u8, SafetensorsType.F32, [2, 3]);
        late.Metadata("a"u8, "b"u8);
        Assert.False(late.Finish(out _).IsNone);
        var untyped = new SafetensorsHeader(buffer);
        untyped.Tensor("name"u8, SafetensorsType.None, [2, 3]);
        Assert.False(untyped.Finish(out _).IsNone);
        var empty = new SafetensorsHeader(buffer);
        Assert.True(empty.Finish(out int none).IsNone);
        Assert.True(Open(buffer[..none]).IsNone);
        var onlyMetadata = new SafetensorsHeader(buffer);
        onlyMetadata.Metadata("a"u8, "b"u8);
        Assert.True(onlyMetadata.Finish(out int short_).IsNone);
        Assert.True(Open(buffer[..short_]).IsNone);
    }

    [SharedFact]
    public void ReadsTheReferenceCases()
    {
        foreach (string path in Directory.GetFiles(SharedFiles.Path("reference"), "*.safetensors"))
        {
            byte[] file = File.ReadAllBytes(path);
            int header = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            using JsonDocument json = JsonDocument.Parse(file.AsMemory(8, header));
            FaultRecord fault = Open(file, opened =>
            {
                Assert.Equal(json.RootElement.EnumerateObject().Count() - 1, opened.Count);
                foreach (JsonProperty property in json.RootElement.EnumerateObject())
                {
                    if (property.Name == "__metadata__")
                    {
                        foreach (JsonProperty pair in property.Value.EnumerateObject())
                        {
                            Assert.True(opened.TryMetadata(Encoding.UTF8.GetBytes(pair.Name), out var raw));
                            Assert.Equal(pair.Value.GetString(), Text(raw));
                        }
                        continue;
                    }
                    Assert.True(opened.TryFind(Encoding.UTF8.GetBytes(property.Name), out SafetensorsEntry entry));
                    long begin = property.Value.GetProperty("data_offsets")[0].GetInt64();
                    fixed (byte* p = file) Assert.Equal(begin, entry.Data - p - 8 - header);
                }
            });
            Assert.True(fault.IsNone, $"{path}: {fault}");
        }
    }
}
