using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// Appends text and numbers to a buffer of the caller. If something does not fit, it and everything after it is
/// dropped, and <see cref="Overflowed"/> is set: a text is cut between two characters, a number is dropped whole.
/// Nothing is ever written outside the buffer.
/// </summary>
public ref struct Utf8Writer
{
    private readonly Span<byte> _buffer;
    private int _length;
    private bool _overflowed;

    /// <summary>Creates a writer at the start of <paramref name="buffer"/>.</summary>
    public Utf8Writer(Span<byte> buffer)
    {
        _buffer = buffer;
        _length = 0;
        _overflowed = false;
    }

    /// <summary>The bytes written so far; valid until the next <see cref="Clear"/>.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.Slice(0, _length);

    /// <summary>The number of bytes written.</summary>
    public readonly int Length => _length;

    /// <summary>True once something has been dropped; all further output is dropped too.</summary>
    public readonly bool Overflowed => _overflowed;

    /// <summary>Discards everything written and resets <see cref="Overflowed"/>.</summary>
    public void Clear()
    {
        _length = 0;
        _overflowed = false;
    }

    /// <summary>Appends UTF-8 text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Text(scoped ReadOnlySpan<byte> text)
    {
        if (_overflowed) return;
        int fits = text.Length;
        if (fits > _buffer.Length - _length)
        {
            _overflowed = true;
            fits = _buffer.Length - _length;
            while (fits > 0 && IsContinuation(text[fits])) fits--;
        }
        text.Slice(0, fits).CopyTo(_buffer.Slice(_length));
        _length += fits;
    }

    /// <summary>Appends one byte.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Byte(byte value)
    {
        if (_overflowed) return;
        if (_length == _buffer.Length) _overflowed = true;
        else _buffer[_length++] = value;
    }

    /// <summary>Appends a byte <paramref name="count"/> times; nothing if the count is below 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Repeat(byte value, int count)
    {
        for (int i = 0; i < count; i++) Byte(value);
    }

    /// <summary>Appends a signed decimal number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Integer(long value) => Advance(_overflowed ? 0 : IntegerFormat.Signed(Rest, value));

    /// <summary>Appends an unsigned decimal number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Unsigned(ulong value) => Advance(_overflowed ? 0 : IntegerFormat.Unsigned(Rest, value));

    /// <summary>Appends a decimal number, right-aligned in at least <paramref name="width"/> columns.</summary>
    public void IntegerPadded(long value, int width)
    {
        Span<byte> digits = stackalloc byte[IntegerFormat.MaxDecimalLength];
        int count = IntegerFormat.Signed(digits, value);
        Repeat((byte)' ', width - count);
        Whole(digits.Slice(0, count));
    }

    /// <summary>Appends a decimal number with commas between groups of three digits: 1,446,030.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Grouped(long value)
    {
        Span<byte> digits = stackalloc byte[IntegerFormat.MaxDecimalLength];
        int count = IntegerFormat.Signed(digits, value);
        int sign = value < 0 ? 1 : 0;
        if (count + (count - sign - 1) / 3 > _buffer.Length - _length) _overflowed = true;
        for (int i = 0; i < count; i++)
        {
            if (i > sign && (count - i) % 3 == 0) Byte((byte)',');
            Byte(digits[i]);
        }
    }

    /// <summary>
    /// Appends a lower-case hexadecimal number of at least <paramref name="digits"/> digits, without a prefix.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Hex(ulong value, int digits) => Advance(_overflowed ? 0 : IntegerFormat.Hex(Rest, value, digits));

    /// <summary>Appends a number with a fixed number of decimals, as <see cref="FloatFormat.Fixed"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fixed(double value, int decimals) =>
        Advance(_overflowed ? 0 : FloatFormat.Fixed(Rest, value, decimals));

    /// <summary>
    /// Appends spaces until the current line is <paramref name="column"/> characters long; nothing if it already is.
    /// Each code point counts as one column.
    /// </summary>
    public void PadTo(int column)
    {
        int used = 0;
        for (int i = _length - 1; i >= 0 && _buffer[i] != '\n'; i--)
        {
            if (!IsContinuation(_buffer[i])) used++;
        }
        Repeat((byte)' ', column - used);
    }

    private readonly Span<byte> Rest => _buffer.Slice(_length);

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;

    // Every number has at least one byte, so 0 always means that it did not fit.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Advance(int written)
    {
        if (written == 0) _overflowed = true;
        _length += written;
    }

    private void Whole(scoped ReadOnlySpan<byte> number)
    {
        if (number.Length > _buffer.Length - _length) _overflowed = true;
        Text(_overflowed ? default : number);
    }
}
