using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Faults about one element of an array; the message contains its index, from 0, and its value.</summary>
internal static unsafe class ElementFault
{
    /// <summary>Reports "element 17 WHAT '-0.5'"; a hint may follow in <paramref name="what"/> after a line feed.</summary>
    internal static Fault At(long offset, long index, double value, ReadOnlySpan<byte> what)
    {
        byte* buffer = stackalloc byte[512];
        var text = new Utf8Writer(new Span<byte>(buffer, 480));
        text.Text("element "u8);
        text.Integer(index);
        text.Byte((byte)' ');
        text.Text(what);
        var number = new Span<byte>(buffer + 480, 32);
        int length = FloatFormat.Shortest(number, value);
        return Fault.At(offset, text.Written).WithQuote(number.Slice(0, length));
    }
}
