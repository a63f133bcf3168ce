namespace NoDeps.Tests.Formats.Pictures;

/// <summary>
/// A little baseline encoder that shares nothing with the decoder: a cosine transform by its definition, quantization
/// steps of 1, Huffman codes of one length. Every segment can be replaced, so that tests can make wrong files.
/// </summary>
internal sealed class JpegWriter
{
    private static readonly int[] Zigzag = [.. from place in Enumerable.Range(0, 64)
        let x = place % 8
        let y = place / 8
        orderby x + y, (x + y) % 2 == 0 ? x : y
        select place];

    private readonly List<byte> _bytes = [];
    private uint _bits;
    private int _count;

    /// <summary>Columns.</summary>
    public int Width { get; init; } = 16;
    /// <summary>Rows.</summary>
    public int Height { get; init; } = 16;
    /// <summary>1 or 3.</summary>
    public int Components { get; init; } = 1;
    /// <summary>Length of each AC code: 8 to 16.</summary>
    public int CodeLength { get; init; } = 8;
    /// <summary>Units between restart markers; 0: none.</summary>
    public int Restart { get; init; }
    /// <summary>The sample of a component at (x, y).</summary>
    public Func<int, int, int, int> Sample { get; init; } = (component, x, y) => (x * 11 + y * 7 + component * 50) % 256;
    /// <summary>Bytes between the first marker and the tables.</summary>
    public byte[] Before { get; init; } = [];
    /// <summary>The frame header's marker.</summary>
    public byte FrameMarker { get; init; } = 0xC0;
    /// <summary>The frame header's content instead of the right one.</summary>
    public byte[]? Frame { get; init; }
    /// <summary>The scan header's content instead of the right one.</summary>
    public byte[]? Scan { get; init; }
    /// <summary>The content of the DQT segment instead of the right one.</summary>
    public byte[]? Quantization { get; init; }
    /// <summary>The content of the DHT segment instead of the right one.</summary>
    public byte[]? Huffman { get; init; }
    /// <summary>What follows the scan instead of the end marker.</summary>
    public byte[] After { get; init; } = [0xFF, 0xD9];

    /// <summary>The right content of the frame header.</summary>
    public byte[] RightFrame => [8, (byte)(Height >> 8), (byte)Height, (byte)(Width >> 8), (byte)Width, (byte)Components,
        .. Enumerable.Range(1, Components).SelectMany(id => new byte[] { (byte)id, 0x11, 0 })];

    /// <summary>The right content of the scan header.</summary>
    public byte[] RightScan =>
        [(byte)Components, .. Enumerable.Range(1, Components).SelectMany(id => new byte[] { (byte)id, 0 }), 0, 63, 0];

    /// <summary>The whole file.</summary>
    public byte[] File()
    {
        _bytes.Clear();
        _bytes.AddRange([0xFF, 0xD8, .. Before]);
        Segment(0xDB, Quantization ?? [0, .. Enumerable.Repeat((byte)1, 64)]);
        Segment(FrameMarker, Frame ?? RightFrame);
        Segment(0xC4, Huffman ?? [.. Table(0, 4, Enumerable.Range(0, 12)), .. Table(0x10, CodeLength, AcSymbols)]);
        if (Restart > 0) Segment(0xDD, [(byte)(Restart >> 8), (byte)Restart]);
        Segment(0xDA, Scan ?? RightScan);
        Data();
        _bytes.AddRange(After);
        return [.. _bytes];
    }

    private static IEnumerable<int> AcSymbols => from run in Enumerable.Range(0, 16)
                                                 from size in Enumerable.Range(0, 11)
                                                 select run * 16 + size;

    /// <summary>A Huffman table whose codes all have the same length.</summary>
    public static byte[] Table(int number, int length, IEnumerable<int> symbols)
    {
        byte[] counts = new byte[16];
        counts[length - 1] = (byte)symbols.Count();
        return [(byte)number, .. counts, .. symbols.Select(symbol => (byte)symbol)];
    }

    private void Segment(byte marker, byte[] content) =>
        _bytes.AddRange([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content]);

    private void Data()
    {
        int[] last = new int[Components];
        int units = 0;
        for (int y = 0; y < Height; y += 8)
        {
            for (int x = 0; x < Width; x += 8, units++)
            {
                if (Restart > 0 && units > 0 && units % Restart == 0)
                {
                    Flush();
                    _bytes.AddRange([0xFF, (byte)(0xD0 + (units / Restart - 1) % 8)]);
                    Array.Clear(last);
                }
                for (int component = 0; component < Components; component++) Block(component, x, y, ref last[component]);
            }
        }
        Flush();
    }

    private void Block(int component, int left, int top, ref int last)
    {
        int[] values = [.. Zigzag.Select(place => Coefficient(component, left, top, place % 8, place / 8))];
        int size = Size(values[0] - last);
        Put(size, 4);
        PutSigned(values[0] - last, size);
        last = values[0];
        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            if (values[k] == 0)
            {
                run++;
                continue;
            }
            for (; run >= 16; run -= 16) Put(15 * 11, CodeLength);
            size = Size(values[k]);
            Put(run * 11 + size, CodeLength);
            PutSigned(values[k], size);
            run = 0;
        }
        if (run > 0) Put(0, CodeLength);
    }

    private int Coefficient(int component, int left, int top, int u, int v)
    {
        double sum = 0;
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                sum += (Sample(component, left + x, top + y) - 128)
                    * Math.Cos((2 * x + 1) * u * Math.PI / 16) * Math.Cos((2 * y + 1) * v * Math.PI / 16);
        return (int)Math.Round(sum / 4 * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1));
    }

    private static int Size(int value) => value == 0 ? 0 : (int)Math.Log2(Math.Abs(value)) + 1;

    private void PutSigned(int value, int size) => Put(value < 0 ? value + (1 << size) - 1 : value, size);

    private void Put(int value, int length)
    {
        for (int i = length - 1; i >= 0; i--)
        {
            _bits = _bits << 1 | (uint)(value >> i & 1);
            if (++_count < 8) continue;
            _bytes.Add((byte)_bits);
            if ((byte)_bits == 0xFF) _bytes.Add(0);
            _count = 0;
        }
    }

    private void Flush()
    {
        while (_count > 0) Put(1, 1);
    }
}
