using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>One primitive applied to all of its data: numbers, texts or blocks of memory, or the bytes of a file.</summary>
internal sealed unsafe class PrimitiveWork : PrimitiveRowWork
{
    /// <summary>The number of rows.</summary>
    public const int Count = (int)PrimitiveRow.Jpeg + 1;

    private const int Numbers = 1024;
    private const int Places = 64;
    private const int LargePlaces = 4;
    private const int TextBytes = 32;
    private const int Bytes = 1 << 16;
    private const int Floats = 4096;

    /// <summary>A block begins up to this many bytes after a multiple of them.</summary>
    private const int Shift = 32;

    private const long MemoryBytes = 1 << 20;

    private readonly PrimitiveRow _row;
    private readonly byte* _first;
    private readonly byte* _second;
    private readonly int _size;
    private ulong _state = 1;
    private byte* _file;
    private int _fileBytes;
    private int _contentBytes;
    private byte* _content;
    private byte* _room;

    private PrimitiveWork(PrimitiveRow row, byte* memory)
    {
        _row = row;
        _first = memory;
        _second = memory + MemoryBytes;
        _size = row < PrimitiveRow.Utf8 ? Sizes[(int)row] : 0;
    }

    /// <summary>The rows; a number is the size in bytes.</summary>
    public static ReadOnlySpan<byte> Rows =>
        "strlen-4 strlen-64 strlen-256 strlen-4096 index-of-64 index-of-4096 compare-64 compare-4096 copy-16 copy-256 "u8 +
        "copy-65536 fill-256 fill-65536 utf8 crc32 adler32 gunzip gzip ctz popcount log2 format-double format-float "u8 +
        "format-fixed format-integer parse-double parse-float parse-integer exp log tanh sigmoid random "u8 +
        "png jpeg"u8;

    /// <summary>The default file to compress and decompress, from the repository.</summary>
    public static ReadOnlySpan<byte> SampleFile => "data/sample/t10k-images-idx3-ubyte.gz"u8;

    private static ReadOnlySpan<int> Sizes => [4, 64, 256, 4096, 64, 4096, 64, 4096, 16, 256, 65536, 256, 65536];

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Unit =>
        _row < PrimitiveRow.Utf8 ? "call"u8 : _row <= PrimitiveRow.Deflate ? "byte"u8 : "number"u8;

    private int Stride => _size + 2 * Shift;

    private ulong* Words => (ulong*)_first;

    /// <summary>The work with its data.</summary>
    public static Fault Create(PrimitiveRow row, ReadOnlySpan<byte> path, out PrimitiveRowWork work)
    {
        if (row == PrimitiveRow.Png) return DecodeWork.Create(PictureFormat.Png, path, out work);
        if (row == PrimitiveRow.Jpeg) return DecodeWork.Create(PictureFormat.Jpeg, path, out work);
        Fault fault = PageMemory.Take(2 * MemoryBytes, out byte* memory);
        PrimitiveWork primitive = new(row, memory);
        work = primitive;
        return fault.IsNone ? primitive.Prepare(path.IsEmpty ? SampleFile : path) : fault;
    }

    private Fault Prepare(ReadOnlySpan<byte> path)
    {
        if (_row < PrimitiveRow.Utf8) PreparePlaces();
        else if (_row == PrimitiveRow.Utf8) PrepareText();
        else if (_row == PrimitiveRow.Inflate || _row == PrimitiveRow.Deflate) return PrepareFile(path);
        else if (_row < PrimitiveRow.Inflate) PrepareBytes();
        else PrepareNumbers();
        return Fault.None;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014), which is easy to write in any language.</summary>
    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>Blocks with x in every byte except the last of the first block; the offsets are at the end of the memory.</summary>
    private void PreparePlaces()
    {
        Items = _size < Bytes ? Places : LargePlaces;
        int* offsets = (int*)(_second + MemoryBytes) - Places;
        for (int i = 0; i < Items; i++)
        {
            offsets[i] = i * Stride + (int)(Next() % Shift);
            MemoryFill.Fill(_first + offsets[i], (byte)'x', (nuint)_size);
            MemoryFill.Fill(_second + offsets[i], (byte)'x', (nuint)_size);
            _first[offsets[i] + _size] = 0;
            _first[offsets[i] + _size - 1] = (byte)'y';
        }
    }

    private void PrepareBytes()
    {
        Items = Bytes;
        for (int i = 0; i < Bytes / 8; i++) Words[i] = Next();
    }

    /// <summary>Code points of one to four bytes, equally likely.</summary>
    private void PrepareText()
    {
        int length = 0;
        while (length < Bytes)
        {
            uint x = (uint)Next(), kind = x & 3;
            x >>= 2;
            uint codePoint = kind == 0 ? 0x20 + x % 0x5F : kind == 1 ? 0x80 + x % 0x700
                : kind == 2 ? 0x4E00 + x % 0x5000 : 0x1F600 + x % 0x40;
            length += Utf8Encode.Write(new Span<byte>(_first + length, Utf8Encode.MaxLength), codePoint);
        }
        Items = length;
    }

    /// <summary>The file, followed by space for its content.</summary>
    private Fault PrepareFile(ReadOnlySpan<byte> path)
    {
        Fault fault = InputFile.Read(path, out _file, out long length);
        if (!fault.IsNone) return fault;
        byte* content = _file;
        long contentLength = length;
        fault = IdxFile.Decompress(ref content, ref contentLength);
        if (!fault.IsNone) return fault;
        // Decompress has unmapped it.
        InputFile.Read(path, out _file, out length);
        _fileBytes = (int)length;
        _contentBytes = Items = (int)contentLength;
        _content = content;
        return PageMemory.Take(sizeof(DeflateTables) + sizeof(InflateTables) + GzipWriter.MaxBytes(contentLength), out _room);
    }

    private void PrepareNumbers()
    {
        Items = _row >= PrimitiveRow.Exp ? Floats : Numbers;
        float* floats = (float*)_first;
        for (int i = 0; i < Items; i++)
        {
            ulong x = Next();
            if (_row >= PrimitiveRow.Exp)
            {
                // From −10 to below 10; for the logarithm from 0.
                float unit = (int)(x >> 40) * (1f / (1 << 24));
                floats[i] = _row == PrimitiveRow.Log ? unit : 20 * unit - 10;
                continue;
            }
            if (_row == PrimitiveRow.FormatFixed) x = BitConverter.DoubleToUInt64Bits((long)(x >> 11) * (1000.0 / (1UL << 53)));
            else if (_row == PrimitiveRow.FormatInteger || _row == PrimitiveRow.ParseInteger) x >>= (int)(x & 63);
            else if (_row == PrimitiveRow.FormatFloat || _row == PrimitiveRow.ParseFloat) x = Finite(x >> 32, 0x7F800000, 0x40000000);
            else if (_row >= PrimitiveRow.FormatDouble) x = Finite(x, 0x7FF0000000000000, 0x4000000000000000);
            Words[i] = x;
            if (_row >= PrimitiveRow.ParseDouble) PrepareDecimal(i, x);
        }
    }

    private static ulong Finite(ulong bits, ulong exponent, ulong top) => (bits & exponent) == exponent ? bits ^ top : bits;

    /// <summary>17 digits of a double, 9 of a float, all of an integer; the length precedes the text.</summary>
    private void PrepareDecimal(int i, ulong bits)
    {
        byte* text = _second + i * TextBytes;
        Span<byte> to = new(text + 1, TextBytes - 1);
        *text = (byte)(_row == PrimitiveRow.ParseInteger ? IntegerFormat.Unsigned(to, bits)
            : _row == PrimitiveRow.ParseFloat ? FloatFormat.Scientific(to, BitConverter.UInt32BitsToSingle((uint)bits), 8)
            : FloatFormat.Scientific(to, BitConverter.UInt64BitsToDouble(bits), 16));
    }

    /// <inheritdoc/>
    public override void Once()
    {
        Result = _row < PrimitiveRow.Utf8 ? OnPlaces() : _row <= PrimitiveRow.Deflate ? OnBytes()
            : _row < PrimitiveRow.Exp ? OnNumbers() : OnFloats();
    }

    // One method per row: a choice inside a loop would take as long as some of the primitives, and a single method with
    // all loops would spill its variables.

    [MethodImpl(MethodImplOptions.NoInlining)]
    private nuint OnPlaces()
    {
        byte* first = _first, second = _second;
        int* at = (int*)(second + MemoryBytes) - Places;
        int* end = at + Items;
        nuint size = (nuint)_size;
        return _row switch
        {
            <= PrimitiveRow.Length4096 => Length(at, end, first),
            <= PrimitiveRow.IndexOf4096 => IndexOf(at, end, first, size),
            <= PrimitiveRow.Compare4096 => Compare(at, end, first, second, size),
            <= PrimitiveRow.Copy65536 => Copy(at, end, second, first, size),
            _ => Fill(at, end, second, size),
        };
    }

    private static nuint Length(int* at, int* end, byte* from)
    {
        nuint sum = 0;
        for (; at < end; at++) sum += (nuint)StringLength.Of(from + *at);
        return sum;
    }

    private static nuint IndexOf(int* at, int* end, byte* from, nuint size)
    {
        nuint sum = 0;
        for (; at < end; at++) sum += (nuint)MemorySearch.IndexOf(from + *at, (byte)'y', size);
        return sum;
    }

    private static nuint Compare(int* at, int* end, byte* left, byte* right, nuint size)
    {
        nuint sum = 0;
        for (; at < end; at++) sum += MemoryCompare.FirstDifference(left + *at, right + *at, size);
        return sum;
    }

    private static nuint Copy(int* at, int* end, byte* to, byte* from, nuint size)
    {
        nuint sum = 0;
        for (; at < end; at++)
        {
            MemoryCopy.Copy(to + *at, from + *at, size);
            sum += (to + *at)[size - 1];
        }
        return sum;
    }

    private static nuint Fill(int* at, int* end, byte* to, nuint size)
    {
        nuint sum = 0;
        for (; at < end; at++)
        {
            MemoryFill.Fill(to + *at, (byte)'z', size);
            sum += (to + *at)[size - 1];
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong OnBytes()
    {
        ReadOnlySpan<byte> data = new(_first, Items);
        switch (_row)
        {
            case PrimitiveRow.Utf8: return (ulong)Utf8ValidLength.Of(data);
            case PrimitiveRow.Crc32: return Crc32.Update(0, data);
            case PrimitiveRow.Adler32: return Adler32.Update(Adler32.Start, data);
        }
        byte* room = _room + sizeof(DeflateTables) + sizeof(InflateTables);
        Span<byte> to = new(room, (int)GzipWriter.MaxBytes(_contentBytes));
        int written;
        if (_row == PrimitiveRow.Inflate)
        {
            Gzip.Decode(new ReadOnlySpan<byte>(_file, _fileBytes), to.Slice(0, _contentBytes),
                ref *(InflateTables*)(_room + sizeof(DeflateTables)), out written);
        }
        else
        {
            GzipWriter.Encode(new ReadOnlySpan<byte>(_content, _contentBytes), to, DeflateLevel.Fast,
                ref *(DeflateTables*)_room, out written);
        }
        return (ulong)written;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong OnNumbers()
    {
        Span<byte> to = new(_second, FloatFormat.MaxIntegerLength + TextBytes);
        ulong* at = Words;
        ulong* end = at + Items;
        byte* text = _second;
        byte* textEnd = text + Items * TextBytes;
        return _row switch
        {
            PrimitiveRow.TrailingZeros => CountTrailingZeros(at, end),
            PrimitiveRow.BitCount => CountBits(at, end),
            PrimitiveRow.Log2 => TakeLog2(at, end),
            PrimitiveRow.FormatDouble => FormatDouble(at, end, to),
            PrimitiveRow.FormatFloat => FormatFloat(at, end, to),
            PrimitiveRow.FormatFixed => FormatFixed(at, end, to),
            PrimitiveRow.FormatInteger => FormatInteger(at, end, to),
            PrimitiveRow.ParseDouble => ParseDouble(text, textEnd),
            PrimitiveRow.ParseFloat => ParseFloat(text, textEnd),
            _ => ParseInteger(text, textEnd),
        };
    }

    // An instruction takes less time than a loop iteration: four per iteration, here and in the other implementations.

    private static ulong CountTrailingZeros(ulong* at, ulong* end)
    {
        ulong sum = 0;
        for (; at < end; at += 4)
        {
            sum += (uint)TrailingZerosHardware.Count(at[0]) + (uint)TrailingZerosHardware.Count(at[1])
                + (uint)TrailingZerosHardware.Count(at[2]) + (uint)TrailingZerosHardware.Count(at[3]);
        }
        return sum;
    }

    private static ulong CountBits(ulong* at, ulong* end)
    {
        ulong sum = 0;
        for (; at < end; at += 4)
        {
            sum += (uint)BitCountHardware.Of(at[0]) + (uint)BitCountHardware.Of(at[1])
                + (uint)BitCountHardware.Of(at[2]) + (uint)BitCountHardware.Of(at[3]);
        }
        return sum;
    }

    private static ulong TakeLog2(ulong* at, ulong* end)
    {
        ulong sum = 0;
        for (; at < end; at += 4)
        {
            sum += (uint)Log2Hardware.Floor(at[0]) + (uint)Log2Hardware.Floor(at[1])
                + (uint)Log2Hardware.Floor(at[2]) + (uint)Log2Hardware.Floor(at[3]);
        }
        return sum;
    }

    private static ulong FormatDouble(ulong* at, ulong* end, Span<byte> to)
    {
        ulong sum = 0;
        for (; at < end; at++) sum += (uint)FloatFormat.Shortest(to, *(double*)at);
        return sum;
    }

    private static ulong FormatFloat(ulong* at, ulong* end, Span<byte> to)
    {
        ulong sum = 0;
        for (; at < end; at++) sum += (uint)FloatFormat.Shortest(to, *(float*)at);
        return sum;
    }

    private static ulong FormatFixed(ulong* at, ulong* end, Span<byte> to)
    {
        ulong sum = 0;
        for (; at < end; at++) sum += (uint)FloatFormat.Fixed(to, *(double*)at, 3);
        return sum;
    }

    private static ulong FormatInteger(ulong* at, ulong* end, Span<byte> to)
    {
        ulong sum = 0;
        for (; at < end; at++) sum += (uint)IntegerFormat.Unsigned(to, *at);
        return sum;
    }

    private static ulong ParseDouble(byte* text, byte* end)
    {
        ulong sum = 0;
        for (; text < end; text += TextBytes)
        {
            FloatParse.Double(new ReadOnlySpan<byte>(text + 1, *text), out double number, out _);
            sum += BitConverter.DoubleToUInt64Bits(number);
        }
        return sum;
    }

    private static ulong ParseFloat(byte* text, byte* end)
    {
        ulong sum = 0;
        for (; text < end; text += TextBytes)
        {
            FloatParse.Single(new ReadOnlySpan<byte>(text + 1, *text), out float number, out _);
            sum += BitConverter.SingleToUInt32Bits(number);
        }
        return sum;
    }

    private static ulong ParseInteger(byte* text, byte* end)
    {
        ulong sum = 0;
        for (; text < end; text += TextBytes)
        {
            IntegerParse.Unsigned(new ReadOnlySpan<byte>(text + 1, *text), out ulong number, out _);
            sum += number;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong OnFloats()
    {
        Span<float> to = new(_second, Items);
        if (_row == PrimitiveRow.Random)
        {
            Philox numbers = new(1, 0);
            numbers.Fill(new Span<uint>(_second, Items));
        }
        else
        {
            ElementaryFunction function = _row == PrimitiveRow.Exp ? ElementaryFunction.Exp
                : _row == PrimitiveRow.Log ? ElementaryFunction.Log
                : _row == PrimitiveRow.Tanh ? ElementaryFunction.Tanh : ElementaryFunction.Sigmoid;
            Elementary.Apply(function, new ReadOnlySpan<float>(_first, Items), to);
        }
        return BitConverter.SingleToUInt32Bits(to[Items - 1]);
    }
}
