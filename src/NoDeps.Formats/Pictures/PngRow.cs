using System;

namespace NoDeps.Formats;

/// <summary>Converts unfiltered rows of a PNG picture to 8-bit pixels.</summary>
internal readonly unsafe ref struct PngRow
{
    private readonly uint* _colors;
    private readonly int _depth;
    private readonly int _samples;
    private readonly int _channels;
    private readonly int _colorType;
    private readonly int _entries;
    /// <summary>The transparent color, if there is one, with samples as stored.</summary>
    private readonly bool _hasKey;
    private readonly int _key0;
    private readonly int _key1;
    private readonly int _key2;

    /// <param name="file">The file, for its palette and transparency.</param>
    /// <param name="header">The file's header.</param>
    /// <param name="channels">Output bytes per pixel.</param>
    /// <param name="colors">Scratch memory for 256 colors.</param>
    public PngRow(byte* file, in PngHeader header, int channels, uint* colors)
    {
        _colors = colors;
        _depth = header.Depth;
        _samples = header.Samples;
        _channels = channels;
        _colorType = header.ColorType;
        _entries = header.PaletteEntries;
        byte* alpha = file + header.Transparency;
        if (_colorType == 3)
        {
            byte* rgb = file + header.Palette;
            for (int i = 0; i < _entries; i++, rgb += 3)
                colors[i] = rgb[0] | (uint)rgb[1] << 8 | (uint)rgb[2] << 16 | (i < header.TransparencyBytes ? (uint)alpha[i] : 255) << 24;
            return;
        }
        _hasKey = header.Transparency != 0;
        if (!_hasKey) return;
        int mask = (1 << _depth) - 1;
        _key0 = (alpha[0] << 8 | alpha[1]) & mask;
        if (_colorType != 2) return;
        _key1 = (alpha[2] << 8 | alpha[3]) & mask;
        _key2 = (alpha[4] << 8 | alpha[5]) & mask;
    }

    /// <summary>Writes a row, one pixel every <paramref name="step"/> bytes. Returns false if a color is not in the palette.</summary>
    public bool Write(byte* from, int width, byte* to, int step)
    {
        if (_colorType == 3) return WriteColors(from, width, to, step);
        if (_depth == 8 && !_hasKey && step == _channels)
            new ReadOnlySpan<byte>(from, width * step).CopyTo(new Span<byte>(to, width * step));
        else if (_depth == 16) Write16(from, width, to, step);
        else if (_depth == 8) Write8(from, width, to, step);
        else WriteSmall(from, width, to, step);
        return true;
    }

    private bool WriteColors(byte* from, int width, byte* to, int step)
    {
        for (int x = 0; x < width; x++, to += step)
        {
            int index = Small(from, x);
            if (index >= _entries) return false;
            uint color = _colors[index];
            to[0] = (byte)color;
            to[1] = (byte)(color >> 8);
            to[2] = (byte)(color >> 16);
            if (_channels == 4) to[3] = (byte)(color >> 24);
        }
        return true;
    }

    /// <summary>Reads a sample of 8 bits or fewer; the first pixel is in the highest bits of a byte.</summary>
    private int Small(byte* from, int x)
    {
        int bit = (int)((long)x * _depth & 7);
        return from[(long)x * _depth >> 3] >> (8 - _depth - bit) & ((1 << _depth) - 1);
    }

    private void WriteSmall(byte* from, int width, byte* to, int step)
    {
        int scale = 255 / ((1 << _depth) - 1);
        for (int x = 0; x < width; x++, to += step)
        {
            int value = Small(from, x);
            to[0] = (byte)(value * scale);
            if (_hasKey) to[1] = value == _key0 ? (byte)0 : (byte)255;
        }
    }

    private void Write8(byte* from, int width, byte* to, int step)
    {
        for (int x = 0; x < width; x++, to += step, from += _samples)
        {
            for (int c = 0; c < _samples; c++) to[c] = from[c];
            if (_hasKey) to[_samples] = IsKey(from[0], from[_samples >> 1], from[_samples - 1]) ? (byte)0 : (byte)255;
        }
    }

    /// <summary>Rounds 16-bit samples to 8 bits: v·255/65535 to nearest; ties cannot occur.</summary>
    private void Write16(byte* from, int width, byte* to, int step)
    {
        for (int x = 0; x < width; x++, to += step, from += 2 * _samples)
        {
            for (int c = 0; c < _samples; c++) to[c] = (byte)((Wide(from, c) * 255 + 32895) >> 16);
            if (_hasKey) to[_samples] = IsKey(Wide(from, 0), Wide(from, _samples >> 1), Wide(from, _samples - 1)) ? (byte)0 : (byte)255;
        }
    }

    private static int Wide(byte* from, int c) => from[2 * c] << 8 | from[2 * c + 1];

    private bool IsKey(int a, int b, int c) => a == _key0 && (_samples == 1 || (b == _key1 && c == _key2));
}
