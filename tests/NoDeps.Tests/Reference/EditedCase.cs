using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace NoDeps.Tests.Reference;

/// <summary>A reference case as tests change it: tensors and metadata by name, and the file that they make.</summary>
public sealed class EditedCase
{
    /// <summary>The metadata; the description is under "net".</summary>
    public Dictionary<string, string> Metadata { get; } = [];
    /// <summary>Type, shape and bytes of each tensor.</summary>
    public Dictionary<string, (string Type, int[] Shape, byte[] Data)> Tensors { get; } = [];

    /// <summary>A case with nothing in it.</summary>
    public EditedCase()
    {
    }

    /// <summary>Reads a file.</summary>
    public EditedCase(byte[] file)
    {
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        foreach (var (key, value) in JsonNode.Parse(file.AsSpan(8, header))!.AsObject())
        {
            if (key == "__metadata__")
            {
                foreach (var (name, text) in value!.AsObject()) Metadata[name] = (string)text!;
                continue;
            }
            var offsets = value!["data_offsets"]!.AsArray();
            int begin = (int)offsets[0]!, end = (int)offsets[1]!;
            Tensors[key] = ((string)value["dtype"]!, [.. value["shape"]!.AsArray().Select(size => (int)size!)],
                file[(8 + header + begin)..(8 + header + end)]);
        }
    }

    /// <summary>Adds a tensor of float32.</summary>
    public void Add(string key, IEnumerable<double> numbers, params int[] shape) => Tensors[key] =
        ("F32", shape, MemoryMarshal.AsBytes<float>(numbers.Select(x => (float)x).ToArray()).ToArray());

    /// <summary>Adds a tensor of whole numbers.</summary>
    public void Add(string key, IEnumerable<long> numbers, params int[] shape) =>
        Tensors[key] = ("I64", shape, MemoryMarshal.AsBytes<long>(numbers.ToArray()).ToArray());

    /// <summary>Changes a tensor's float32 numbers.</summary>
    public EditedCase Change(string key, Action<float[]> change)
    {
        var (type, shape, data) = Tensors[key];
        float[] numbers = MemoryMarshal.Cast<byte, float>(data).ToArray();
        change(numbers);
        Tensors[key] = (type, shape, MemoryMarshal.AsBytes<float>(numbers).ToArray());
        return this;
    }

    /// <summary>Multiplies a tensor.</summary>
    public EditedCase Scale(string key, float factor) => Change(key, numbers =>
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] *= factor;
    });

    /// <summary>Gives a tensor another shape; the data stay.</summary>
    public EditedCase Reshape(string key, params int[] shape)
    {
        Tensors[key] = Tensors[key] with { Shape = shape };
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] File()
    {
        var metadata = new JsonObject();
        foreach (var (key, value) in Metadata) metadata[key] = value;
        var header = new JsonObject { ["__metadata__"] = metadata };
        var data = new List<byte>();
        foreach (var (key, (type, shape, bytes)) in Tensors.OrderByDescending(tensor => tensor.Value.Type))
        {
            header[key] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. shape.Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(data.Count, data.Count + bytes.Length),
            };
            data.AddRange(bytes);
        }
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] file = new byte[8 + text.Length + data.Count];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        data.CopyTo(file, 8 + text.Length);
        return file;
    }
}
