using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Unicode;

// The same data and the same passes as PrimitiveWork of the program, with the class library's functions. Reads a row's name and the
// seconds to measure it for, a line each time; answers with the nanoseconds of a piece of work and what the results came to.
string file = args[0];
var rows = new Dictionary<string, Row>();
while (Console.ReadLine() is { } line)
{
    string[] words = line.Split(' ');
    if (!rows.TryGetValue(words[0], out Row? row))
    {
        row = Row.Create(words[0], file);
        rows[words[0]] = row!;
        // Until the just-in-time compiler has done all it does for what runs often: it works in the background, and in pauses.
        for (int i = 0; i < 6 && row != null && words[1] != "0"; i++)
        {
            var clock = Stopwatch.StartNew();
            while (clock.ElapsedMilliseconds < 100) row.Pass();
            Thread.Sleep(150);
        }
    }
    if (row == null) Console.WriteLine("none");
    else Console.WriteLine(row.Measure(double.Parse(words[1], CultureInfo.InvariantCulture)));
}

internal sealed unsafe class Row
{
    private const int Places = 64, Shift = 32, Numbers = 1024, Bytes = 1 << 16, Floats = 4096, Memory = 1 << 20;

    private readonly Func<ulong> _pass;
    private readonly int _items;

    private Row(Func<ulong> pass, int items) => (_pass, _items) = (pass, items);

    public ulong Pass() => _pass();

    /// <summary>The median of seven rounds, as the program's own.</summary>
    public string Measure(double seconds)
    {
        const int Rounds = 7;
        double once = Math.Max(Math.Min(Round(1), Round(1)), 1e-9);
        long count = Math.Max((long)(seconds / Rounds / once), 1);
        double[] times = [.. Enumerable.Range(0, Rounds).Select(_ => Round(count) / count).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{times[Rounds / 2] * 1e9 / _items:F5} {_pass():x16}");
    }

    private double Round(long count)
    {
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < count; i++) _pass();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static ulong s_state;

    private static ulong Next()
    {
        ulong z = s_state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    private static byte* Take() => (byte*)NativeMemory.AlignedAlloc(Memory, 4096);

    public static Row? Create(string name, string file)
    {
        s_state = 1;
        int dash = name.LastIndexOf('-');
        if (dash > 0 && int.TryParse(name.AsSpan(dash + 1), out int size)) return OnPlaces(name[..dash], size);
        return name switch
        {
            "utf8" => OnText(),
            "crc32" => OnBytes(),
            "adler32" => null,
            "gunzip" or "gzip" => OnFile(name == "gzip", file),
            "exp" or "log" or "tanh" or "sigmoid" or "random" => OnFloats(name),
            _ => OnNumbers(name),
        };
    }

    private static Row OnPlaces(string what, int size)
    {
        int items = size < Bytes ? Places : 4;
        byte* first = Take(), second = Take();
        int[] offsets = new int[items];
        for (int i = 0; i < items; i++)
        {
            offsets[i] = i * (size + 2 * Shift) + (int)(Next() % Shift);
            new Span<byte>(first + offsets[i], size).Fill((byte)'x');
            new Span<byte>(second + offsets[i], size).Fill((byte)'x');
            first[offsets[i] + size] = 0;
            first[offsets[i] + size - 1] = (byte)'y';
        }
        return new(what switch
        {
            "strlen" => () =>
            {
                ulong sum = 0;
                foreach (int at in offsets) sum += (ulong)MemoryMarshal.CreateReadOnlySpanFromNullTerminated(first + at).Length;
                return sum;
            }
            ,
            "index-of" => () =>
            {
                ulong sum = 0;
                foreach (int at in offsets) sum += (ulong)new ReadOnlySpan<byte>(first + at, size).IndexOf((byte)'y');
                return sum;
            }
            ,
            "compare" => () =>
            {
                ulong sum = 0;
                foreach (int at in offsets)
                    sum += (ulong)new ReadOnlySpan<byte>(first + at, size).CommonPrefixLength(new ReadOnlySpan<byte>(second + at, size));
                return sum;
            }
            ,
            "copy" => () =>
            {
                ulong sum = 0;
                foreach (int at in offsets)
                {
                    new ReadOnlySpan<byte>(first + at, size).CopyTo(new Span<byte>(second + at, size));
                    sum += second[at + size - 1];
                }
                return sum;
            }
            ,
            _ => () =>
            {
                ulong sum = 0;
                foreach (int at in offsets)
                {
                    new Span<byte>(second + at, size).Fill((byte)'z');
                    sum += second[at + size - 1];
                }
                return sum;
            }
            ,
        }, items);
    }

    private static Row OnText()
    {
        byte* text = Take();
        int length = 0;
        while (length < Bytes)
        {
            uint x = (uint)Next(), kind = x & 3;
            x >>= 2;
            uint codePoint = kind == 0 ? 0x20 + x % 0x5F : kind == 1 ? 0x80 + x % 0x700
                : kind == 2 ? 0x4E00 + x % 0x5000 : 0x1F600 + x % 0x40;
            length += new System.Text.Rune(codePoint).EncodeToUtf8(new Span<byte>(text + length, 4));
        }
        return new(() => Utf8.IsValid(new ReadOnlySpan<byte>(text, length)) ? (ulong)length : 0, length);
    }

    private static Row OnFile(bool compress, string path)
    {
        byte[] file = File.ReadAllBytes(path);
        using var whole = new MemoryStream();
        using (var stream = new GZipStream(new MemoryStream(file), CompressionMode.Decompress)) stream.CopyTo(whole);
        byte[] content = whole.ToArray(), room = new byte[content.Length + (content.Length >> 3) + 1024];
        if (compress)
        {
            return new(() =>
            {
                using var to = new MemoryStream(room);
                using (var stream = new GZipStream(to, CompressionLevel.Fastest, true)) stream.Write(content);
                return (ulong)to.Position;
            }, content.Length);
        }
        return new(() =>
        {
            using var stream = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
            return (ulong)stream.ReadAtLeast(room, content.Length);
        }, content.Length);
    }

    private static Row OnBytes()
    {
        byte* data = Take();
        for (int i = 0; i < Bytes / 8; i++) ((ulong*)data)[i] = Next();
        return new(() => Crc32(0, data, Bytes), Bytes);
    }

    /// <summary>The zlib-ng that System.IO.Compression brings; of .NET's own there is only a package's.</summary>
    [DllImport("libSystem.IO.Compression.Native", EntryPoint = "CompressionNative_Crc32"), SuppressGCTransition]
    private static extern uint Crc32(uint crc, byte* buffer, int length);

    private static Row OnFloats(string what)
    {
        float[] from = new float[Floats], to = new float[Floats];
        for (int i = 0; i < Floats; i++)
        {
            float unit = (int)(Next() >> 40) * (1f / (1 << 24));
            from[i] = what == "log" ? unit : 20 * unit - 10;
        }
        var random = new Random(1);
        ulong Last() => BitConverter.SingleToUInt32Bits(to[^1]);
        return new(what switch
        {
            "exp" => () =>
            {
#if PACKAGES
                System.Numerics.Tensors.TensorPrimitives.Exp(from, to);
#else
                for (int i = 0; i < to.Length; i++) to[i] = MathF.Exp(from[i]);
#endif
                return Last();
            }
            ,
            "log" => () =>
            {
#if PACKAGES
                System.Numerics.Tensors.TensorPrimitives.Log(from, to);
#else
                for (int i = 0; i < to.Length; i++) to[i] = MathF.Log(from[i]);
#endif
                return Last();
            }
            ,
            "tanh" => () =>
            {
#if PACKAGES
                System.Numerics.Tensors.TensorPrimitives.Tanh(from, to);
#else
                for (int i = 0; i < to.Length; i++) to[i] = MathF.Tanh(from[i]);
#endif
                return Last();
            }
            ,
            "sigmoid" => () =>
            {
#if PACKAGES
                System.Numerics.Tensors.TensorPrimitives.Sigmoid(from, to);
#else
                for (int i = 0; i < to.Length; i++) to[i] = 1 / (1 + MathF.Exp(-from[i]));
#endif
                return Last();
            }
            ,
            _ => () =>
            {
                random.NextBytes(MemoryMarshal.AsBytes(to.AsSpan()));
                return Last();
            }
            ,
        }, Floats);
    }

    private static Row OnNumbers(string what)
    {
        ulong[] bits = new ulong[Numbers];
        byte[][] texts = new byte[Numbers][];
        byte[] room = new byte[400];
        CultureInfo invariant = CultureInfo.InvariantCulture;
        for (int i = 0; i < Numbers; i++)
        {
            ulong x = Next();
            x = what switch
            {
                "format-fixed" => BitConverter.DoubleToUInt64Bits((long)(x >> 11) * (1000.0 / (1UL << 53))),
                "format-integer" or "parse-integer" => x >> (int)(x & 63),
                "format-float" or "parse-float" => Finite(x >> 32, 0x7F800000, 0x40000000),
                "format-double" or "parse-double" => Finite(x, 0x7FF0000000000000, 0x4000000000000000),
                _ => x,
            };
            bits[i] = x;
            texts[i] = System.Text.Encoding.ASCII.GetBytes(what == "parse-integer" ? x.ToString(invariant)
                : what == "parse-float" ? BitConverter.UInt32BitsToSingle((uint)x).ToString("E8", invariant)
                : BitConverter.UInt64BitsToDouble(x).ToString("E16", invariant));
        }
        return new(what switch
        {
            "ctz" => () =>
            {
                ulong sum = 0;
                for (int i = 0; i < bits.Length; i += 4)
                {
                    ReadOnlySpan<ulong> x = bits.AsSpan(i, 4);
                    sum += (uint)BitOperations.TrailingZeroCount(x[0]) + (uint)BitOperations.TrailingZeroCount(x[1])
                        + (uint)BitOperations.TrailingZeroCount(x[2]) + (uint)BitOperations.TrailingZeroCount(x[3]);
                }
                return sum;
            }
            ,
            "popcount" => () =>
            {
                ulong sum = 0;
                for (int i = 0; i < bits.Length; i += 4)
                {
                    ReadOnlySpan<ulong> x = bits.AsSpan(i, 4);
                    sum += (uint)BitOperations.PopCount(x[0]) + (uint)BitOperations.PopCount(x[1])
                        + (uint)BitOperations.PopCount(x[2]) + (uint)BitOperations.PopCount(x[3]);
                }
                return sum;
            }
            ,
            "log2" => () =>
            {
                ulong sum = 0;
                for (int i = 0; i < bits.Length; i += 4)
                {
                    ReadOnlySpan<ulong> x = bits.AsSpan(i, 4);
                    sum += (uint)BitOperations.Log2(x[0]) + (uint)BitOperations.Log2(x[1])
                        + (uint)BitOperations.Log2(x[2]) + (uint)BitOperations.Log2(x[3]);
                }
                return sum;
            }
            ,
            "format-double" => () =>
            {
                ulong sum = 0;
                foreach (ulong x in bits)
                {
                    BitConverter.UInt64BitsToDouble(x).TryFormat(room, out int written, default, invariant);
                    sum += (uint)written;
                }
                return sum;
            }
            ,
            "format-float" => () =>
            {
                ulong sum = 0;
                foreach (ulong x in bits)
                {
                    BitConverter.UInt32BitsToSingle((uint)x).TryFormat(room, out int written, default, invariant);
                    sum += (uint)written;
                }
                return sum;
            }
            ,
            "format-fixed" => () =>
            {
                ulong sum = 0;
                foreach (ulong x in bits)
                {
                    BitConverter.UInt64BitsToDouble(x).TryFormat(room, out int written, "F3", invariant);
                    sum += (uint)written;
                }
                return sum;
            }
            ,
            "format-integer" => () =>
            {
                ulong sum = 0;
                foreach (ulong x in bits)
                {
                    x.TryFormat(room, out int written, default, invariant);
                    sum += (uint)written;
                }
                return sum;
            }
            ,
            "parse-double" => () =>
            {
                ulong sum = 0;
                foreach (byte[] text in texts) sum += BitConverter.DoubleToUInt64Bits(double.Parse(text, NumberStyles.Float, invariant));
                return sum;
            }
            ,
            "parse-float" => () =>
            {
                ulong sum = 0;
                foreach (byte[] text in texts) sum += BitConverter.SingleToUInt32Bits(float.Parse(text, NumberStyles.Float, invariant));
                return sum;
            }
            ,
            _ => () =>
            {
                ulong sum = 0;
                foreach (byte[] text in texts) sum += ulong.Parse(text, NumberStyles.None, invariant);
                return sum;
            }
            ,
        }, Numbers);
    }

    private static ulong Finite(ulong bits, ulong exponent, ulong top) => (bits & exponent) == exponent ? bits ^ top : bits;
}
