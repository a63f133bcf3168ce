using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>
/// The header of a safetensors file, read by .NET's JSON parser: eight bytes of length, JSON, data.
/// </summary>
internal sealed class SafetensorsFile
{
    /// <summary>The metadata: text by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Type, shape and byte range of each tensor, in the order of the header.</summary>
    public IReadOnlyDictionary<string, (string Type, long[] Shape, long Begin, long End)> Tensors { get; }

    /// <summary>How many bytes of data follow the header.</summary>
    public long DataBytes { get; }

    private readonly byte[] _file;

    /// <summary>The bytes of a tensor.</summary>
    public ReadOnlySpan<byte> Bytes(string key) =>
        _file.AsSpan(^(int)DataBytes..)[(int)Tensors[key].Begin..(int)Tensors[key].End];

    /// <summary>The numbers of an F32 tensor.</summary>
    public float[] Floats(string key) => MemoryMarshal.Cast<byte, float>(Bytes(key)).ToArray();

    public SafetensorsFile(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        _file = file;
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, checked((int)length)));
        var metadata = new Dictionary<string, string>();
        var tensors = new Dictionary<string, (string, long[], long, long)>();
        foreach (JsonProperty property in header.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                foreach (JsonProperty entry in property.Value.EnumerateObject())
                {
                    metadata.Add(entry.Name, entry.Value.GetString()!);
                }
                continue;
            }
            JsonElement offsets = property.Value.GetProperty("data_offsets");
            tensors.Add(property.Name, (property.Value.GetProperty("dtype").GetString()!,
                [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())],
                offsets[0].GetInt64(), offsets[1].GetInt64()));
        }
        Metadata = metadata;
        Tensors = tensors;
        DataBytes = file.Length - 8 - length;
    }
}
