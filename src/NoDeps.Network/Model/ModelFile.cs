using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A trained network as a safetensors file: the tensors under the keys of the equivalent torch.nn.Sequential, and in the
/// metadata the description, the normalization of the input and the number of classes.
/// </summary>
public static unsafe class ModelFile
{
    /// <summary>Room for the name of any tensor, in bytes.</summary>
    internal const int MaxNameBytes = 64;
    private const int HeaderBytesPerTensor = 160;
    private const int HeaderOverhead = 1024;
    /// <summary>The key of the standard deviation, and the key in older files.</summary>
    private static ReadOnlySpan<byte> StdKey => "std"u8;
    private static ReadOnlySpan<byte> OtherStdKey => "deviation"u8;

    /// <summary>Enough room for <see cref="Write"/>, in bytes.</summary>
    public static long MaxBytes(NetworkDescription description, ModelMetadata metadata = null)
    {
        // Escapes of the description's line ends and quotes at most double it; control characters do not parse.
        long bytes = HeaderOverhead + 6L * description.Text.Length + (metadata == null ? 0 : metadata.MaxBytes);
        for (int i = 0; i < description.LayerCount; i++)
        {
            Layer layer = description.Layers[i];
            bytes += 5 * HeaderBytesPerTensor + 4L * (layer.ParameterCount + 2L * layer.BiasCount) + sizeof(long);
        }
        return bytes;
    }

    /// <summary>
    /// Writes the file to <paramref name="to"/> and its length to <paramref name="length"/>. Weights have type
    /// <paramref name="type"/>, F32 or F16; a weight beyond the range of F16 is a fault.
    /// </summary>
    public static Fault Write(Engine engine, Normalization normalization, byte* to, long capacity, out long length,
        ModelMetadata metadata = null, SafetensorsType type = SafetensorsType.F32) =>
        Write(engine, normalization, to, capacity, out length, metadata, type, default);

    /// <summary>The same, with the tensors of a checkpoint after those of the model.</summary>
    internal static Fault Write(Engine engine, Normalization normalization, byte* to, long capacity, out long length,
        ModelMetadata metadata, SafetensorsType type, ReadOnlySpan<CheckpointTensor> parts)
    {
        length = 0;
        Fault fault = WriteHeader(engine.Network, normalization, metadata, type, parts, to, capacity, out int headerLength);
        if (!fault.IsNone) return fault;
        NetworkDescription description = engine.Network;
        byte* at = to + headerLength;
        for (int i = 0; i < description.LayerCount; i++)
        {
            if (!description.Layers[i].HasRunningStatistics) continue;
            Unsafe.WriteUnaligned(at, *engine.BatchesTracked(i));
            at += sizeof(long);
        }
        for (int i = 0; i < description.LayerCount; i++)
        {
            for (ParameterKind kind = ParameterKind.Weight; kind <= ParameterKind.RunningVariance; kind++)
            {
                float* numbers = engine.Parameter(i, kind, out int count);
                if (type == SafetensorsType.F16)
                {
                    fault = HalfWeights.Write(numbers, count, at);
                    if (!fault.IsNone) return fault;
                }
                else
                {
                    MemoryCopy.Copy(at, (byte*)numbers, (nuint)(4L * count));
                }
                at += (long)SafetensorsTypes.SizeOf(type) * count;
            }
        }
        for (int i = 0; i < parts.Length; i++)
        {
            MemoryCopy.Copy(at, parts[i].Data, (nuint)parts[i].Bytes);
            at += parts[i].Bytes;
        }
        length = at - to;
        return Fault.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Fault WriteHeader(NetworkDescription description, Normalization normalization, ModelMetadata metadata,
        SafetensorsType type, ReadOnlySpan<CheckpointTensor> parts, byte* to, long capacity, out int length)
    {
        SafetensorsHeader header = new(new Span<byte>(to, (int)Math.Min(capacity, SafetensorsFile.MaxHeaderLength)));
        Span<byte> numbers = stackalloc byte[NormalizationText.MaxBytes];
        Span<byte> buffer = stackalloc byte[MaxNameBytes];
        header.Metadata("format"u8, "pt"u8);
        header.Metadata("net"u8, description.Text);
        header.Metadata("mean"u8, NormalizationText.Write(numbers, in normalization, false));
        header.Metadata(StdKey, NormalizationText.Write(numbers, in normalization, true));
        header.Metadata("classes"u8, numbers.Slice(0, IntegerFormat.Signed(numbers, description.Classes)));
        metadata?.Write(ref header);
        // 64-bit tensors come first, so that every tensor is aligned.
        for (int i = 0; i < description.LayerCount; i++)
        {
            if (description.Layers[i].HasRunningStatistics)
                header.Tensor(Name(buffer, i, "num_batches_tracked"u8), SafetensorsType.I64, default);
        }
        for (int i = 0; i < description.LayerCount; i++) DescribeTensors(ref header, description.Layers[i], type, buffer);
        for (int i = 0; i < parts.Length; i++)
        {
            int count = parts[i].Count;
            if (count > 0) header.Tensor(CheckpointTensor.NameOf(parts[i].Part), parts[i].Type, new ReadOnlySpan<int>(in count));
        }
        long data = header.DataLength;
        Fault fault = header.Finish(out length);
        if (fault.IsNone && length + data > capacity)
            fault = Fault.Of(FaultKind.Software, "the buffer for the model file is too small"u8);
        return fault;
    }

    /// <summary>
    /// Checks the file's structure and reads its metadata; <see cref="Load"/> reads the tensors.
    /// </summary>
    /// <param name="file">The whole file; it must stay in memory as long as the results are used.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="tensors">The file, checked.</param>
    /// <param name="description">
    /// The network, or null for that of the metadata, which files saved by PyTorch do not have.
    /// </param>
    /// <param name="normalization">
    /// From the metadata; without mean and std there, 0 and 1, as with torchvision's ToTensor.
    /// </param>
    public static Fault Open(byte* file, long length, out SafetensorsFile tensors, ref NetworkDescription description,
        out Normalization normalization)
    {
        normalization = default;
        Fault fault = SafetensorsFile.Open(file, length, out tensors);
        if (!fault.IsNone) return fault;
        if (description == null)
        {
            if (!tensors.TryMetadata("net"u8, out ReadOnlySpan<byte> raw))
            {
                return Fault.Of(FaultKind.Data, "no \"net\" in the metadata\n"u8 +
                    "choose the network with --net NAME|FILE"u8);
            }
            byte[] text = new byte[raw.Length];
            int textLength = JsonText.Unescape(raw, text);
            fault = NetworkDescription.Parse(new ReadOnlySpan<byte>(text, 0, textLength), out description);
            if (!fault.IsNone) return fault;
        }
        normalization = new Normalization(0, 1);
        if (!tensors.TryMetadata("mean"u8, out _) && !tensors.TryMetadata(StdKey, out _) &&
            !tensors.TryMetadata(OtherStdKey, out _)) return Fault.None;
        Span<float> means = stackalloc float[Normalization.MaxChannels], stds = stackalloc float[Normalization.MaxChannels];
        int count = Numbers(tensors, "mean"u8, means);
        if (count == 0) return WrongNumber("no number \"mean\" in the metadata"u8);
        int stdCount = Numbers(tensors, StdKey, stds);
        if (stdCount == 0) stdCount = Numbers(tensors, OtherStdKey, stds);
        for (int i = 0; i < stdCount; i++) if (!(stds[i] > 0)) stdCount = 0;
        if (stdCount == 0) return WrongNumber("no number \"std\" above 0 in the metadata"u8);
        if (stdCount != count || count > 1 && count != description.Input.Channels)
            return WrongNumber("\"mean\" and \"std\" in the metadata are not one number each, or one for each channel"u8);
        normalization = new Normalization(means.Slice(0, count), stds.Slice(0, count));
        return Fault.None;
    }

    /// <summary>Returns true if the metadata has a normalization.</summary>
    public static bool HasNormalization(SafetensorsFile tensors) => tensors.TryMetadata("mean"u8, out _);

    /// <summary>Copies every tensor into the engine, as matched by <see cref="TensorMatch"/>; all must be there.</summary>
    public static Fault Load(SafetensorsFile tensors, Engine engine)
    {
        Fault fault = Load(tensors, engine, out TensorMatch match);
        return fault.IsNone && match.MissingBiases > 0 ? match.Missing() : fault;
    }

    /// <summary>
    /// The same, but biases may be missing; <paramref name="match"/> receives where each parameter came from.
    /// </summary>
    public static Fault Load(SafetensorsFile tensors, Engine engine, out TensorMatch match)
    {
        Fault fault = TensorMatch.Of(tensors, engine.Network, out match);
        return fault.IsNone ? ModelReader.Load(tensors, match, engine) : fault;
    }

    /// <summary>
    /// Copies the tensors of a file into an engine with the same layers. If the last layer with weights has another size, it may be
    /// left unchanged.
    /// </summary>
    /// <param name="tensors">The file.</param>
    /// <param name="own">The file's network.</param>
    /// <param name="engine">Receives the tensors.</param>
    /// <param name="withoutLast">True to leave the last layer with weights unchanged.</param>
    /// <param name="match">Maps tensors to parameters of <paramref name="own"/>.</param>
    public static Fault LoadInto(SafetensorsFile tensors, NetworkDescription own, Engine engine, bool withoutLast, out TensorMatch match)
    {
        Fault fault = TensorMatch.Of(tensors, own, out match);
        if (!fault.IsNone) return fault;
        int layers = own.LayerCount;
        if (withoutLast) do layers--; while (layers > 0 && own.Layers[layers].WeightCount == 0);
        for (int i = 0; i < layers; i++)
        {
            // An input of another size changes the first dense layer too.
            if (own.Layers[i].WeightCount == engine.Network.Layers[i].WeightCount) continue;
            return Fault.Of(FaultKind.Data, "the images' size differs from the model's\n"u8 +
                "only the last layer may differ from the model that a training starts from"u8);
        }
        return ModelReader.Load(tensors, match, engine, layers);
    }

    private static void DescribeTensors(scoped ref SafetensorsHeader header, Layer layer, SafetensorsType type, scoped Span<byte> buffer)
    {
        int* shape = stackalloc int[4];
        for (ParameterKind kind = ParameterKind.Weight; kind <= ParameterKind.RunningVariance; kind++)
        {
            if (CountOf(layer, kind) == 0) continue;
            int rank = ShapeOf(layer, kind, shape);
            header.Tensor(Name(buffer, layer.Index, NameOf(kind)), type, new ReadOnlySpan<int>(shape, rank));
        }
    }

    /// <summary>PyTorch's shape of a tensor; the result is its rank, at most 4.</summary>
    internal static int ShapeOf(Layer layer, ParameterKind kind, int* shape)
    {
        shape[0] = layer.BiasCount;
        if (kind != ParameterKind.Weight || layer.Kind == LayerKind.BatchNormalization) return 1;
        shape[1] = layer.Input.Channels;
        if (layer.Kind != LayerKind.Convolution) return 2;
        shape[2] = layer.Window.KernelRows;
        shape[3] = layer.Window.KernelColumns;
        return 4;
    }

    /// <summary>The shape of a tensor in that layout.</summary>
    internal static int ShapeOf(Layer layer, ParameterKind kind, int* shape, TensorLayout layout)
    {
        int rank = ShapeOf(layer, kind, shape);
        if (layout == TensorLayout.Torch || rank < 2) return rank;
        int outputs = shape[0], inputs = shape[1];
        if (rank == 4)
        {
            shape[0] = shape[2];
            shape[1] = shape[3];
        }
        shape[rank - 2] = inputs;
        shape[rank - 1] = outputs;
        return rank;
    }

    /// <summary>Elements of a tensor; 0 if the layer has none of that kind.</summary>
    internal static int CountOf(Layer layer, ParameterKind kind)
    {
        if (kind == ParameterKind.Weight) return layer.WeightCount;
        if (kind == ParameterKind.Bias) return layer.BiasCount;
        return layer.HasRunningStatistics ? layer.BiasCount : 0;
    }

    /// <summary>The last part of a tensor's name.</summary>
    public static ReadOnlySpan<byte> NameOf(ParameterKind kind) =>
        WordList.At("weight bias running_mean running_var"u8, (int)kind);

    internal static ReadOnlySpan<byte> Name(Span<byte> buffer, int layer, ReadOnlySpan<byte> name)
    {
        Utf8Writer writer = new(buffer);
        writer.Integer(layer);
        writer.Byte((byte)'.');
        writer.Text(name);
        return buffer.Slice(0, writer.Length);
    }

    private static int Numbers(SafetensorsFile tensors, ReadOnlySpan<byte> key, Span<float> numbers) =>
        tensors.TryMetadata(key, out ReadOnlySpan<byte> raw) ? NormalizationText.Read(raw, numbers) : 0;

    private static Fault WrongNumber(ReadOnlySpan<byte> what) => Fault.Of(FaultKind.Data, what)
        .WithHint("give both mean and std of pixel / 255 as decimal numbers, or neither"u8);
}
