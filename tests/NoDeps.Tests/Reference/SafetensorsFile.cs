using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NoDeps.Tests.Reference;

/// <summary>
/// A safetensors file read with System.Text.Json: independent of the reader in src, and only as careful as tests
/// need. F32 and I64 tensors become float64.
/// </summary>
public sealed class SafetensorsFile
{
    /// <summary>The strings of <c>__metadata__</c>.</summary>
    public Dictionary<string, string> Metadata { get; } = [];
    /// <summary>Every tensor by key.</summary>
    public Dictionary<string, double[]> Tensors { get; } = [];
    /// <summary>Every tensor's shape by key.</summary>
    public Dictionary<string, int[]> Shapes { get; } = [];

    /// <summary>Reads the bytes of a file.</summary>
    public SafetensorsFile(byte[] file)
    {
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using var json = JsonDocument.Parse(file.AsMemory(8, header));
        foreach (var entry in json.RootElement.EnumerateObject())
            if (entry.NameEquals("__metadata__"))
                foreach (var pair in entry.Value.EnumerateObject())
                    Metadata[pair.Name] = pair.Value.GetString()!;
            else
                Read(entry.Name, entry.Value, file.AsSpan(8 + header));
    }

    private void Read(string key, JsonElement entry, ReadOnlySpan<byte> data)
    {
        Shapes[key] = entry.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray();
        var offsets = entry.GetProperty("data_offsets");
        var bytes = data[offsets[0].GetInt32()..offsets[1].GetInt32()];
        Tensors[key] = entry.GetProperty("dtype").GetString() switch
        {
            "F32" => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), x => (double)x),
            "I64" => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), x => (double)x),
            var other => throw new FormatException($"{key}: dtype {other}"),
        };
    }
}
