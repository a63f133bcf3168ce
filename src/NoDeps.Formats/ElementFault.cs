using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Faults of a single number in an array: its index, from 0, and its value are in the sentence.</summary>
internal static unsafe class ElementFault
{
    /// <summary>"element 17 WHAT '-0.5'"; advice may follow what is wrong, after a line break.</summary>
    internal static Fault At(long offset, long index, double value, ReadOnlySpan<byte> what)
    {
        byte* room = stackalloc byte[512];
        var text = new Utf8Writer(new Span<byte>(room, 480));
        text.Text("element "u8);
        text.Integer(index);
        text.Byte((byte)' ');
        text.Text(what);
        var number = new Span<byte>(room + 480, 32);
        int length = FloatFormat.Shortest(number, value);
        return Fault.At(offset, text.Written).WithQuote(number.Slice(0, length));
    }
}
