using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Adapts a description to data of another size: its input line gets the shape of the images, and its last dense layer
/// (or, without one, its last convolution) gets as many outputs as there are classes. Everything else, including
/// comments, stays.
/// </summary>
public static class DescriptionAdapter
{
    private const int Room = 64;

    /// <summary>The new text.</summary>
    /// <param name="text">A description that parses.</param>
    /// <param name="input">Shape of one image.</param>
    /// <param name="classes">Outputs of the last layer that has weights.</param>
    public static byte[] Adapt(ReadOnlySpan<byte> text, Shape input, int classes)
    {
        int last = LastLine(text, "dense"u8);
        ReadOnlySpan<byte> word = "dense"u8;
        if (last < 0)
        {
            word = "conv"u8;
            last = LastLine(text, word);
        }
        byte[] buffer = new byte[text.Length + 2 * Room];
        Utf8Writer writer = new(buffer);
        int line = 0;
        for (int start = 0; start < text.Length; line++)
        {
            int end = start;
            while (end < text.Length && text[end] != '\n') end++;
            ReadOnlySpan<byte> whole = text.Slice(start, end - start);
            if (Begins(whole, "input"u8)) WriteInput(ref writer, whole, input);
            else if (line == last) WriteOutputs(ref writer, whole, word, classes);
            else writer.Text(whole);
            if (end < text.Length) writer.Byte((byte)'\n');
            start = end + 1;
        }
        byte[] adapted = new byte[writer.Length];
        writer.Written.CopyTo(adapted);
        return adapted;
    }

    private static void WriteInput(scoped ref Utf8Writer writer, ReadOnlySpan<byte> line, Shape input)
    {
        writer.Text("input "u8);
        writer.Integer(input.Channels);
        writer.Byte((byte)'x');
        writer.Integer(input.Rows);
        writer.Byte((byte)'x');
        writer.Integer(input.Columns);
        WriteFrom(ref writer, line, 2);
    }

    private static void WriteOutputs(scoped ref Utf8Writer writer, ReadOnlySpan<byte> line, ReadOnlySpan<byte> word, int outputs)
    {
        writer.Text(word);
        writer.Byte((byte)' ');
        writer.Integer(outputs);
        WriteFrom(ref writer, line, 2);
    }

    /// <summary>What follows the first words of a line, including the blank before it.</summary>
    private static void WriteFrom(scoped ref Utf8Writer writer, ReadOnlySpan<byte> line, int words)
    {
        int at = 0;
        for (int i = 0; i < words; i++)
        {
            while (at < line.Length && LineWords.IsBlank(line[at])) at++;
            while (at < line.Length && !LineWords.IsBlank(line[at]) && line[at] != '#') at++;
        }
        writer.Text(line.Slice(at));
    }

    private static int LastLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        int last = -1, line = 0;
        for (int start = 0; start < text.Length; line++)
        {
            int end = start;
            while (end < text.Length && text[end] != '\n') end++;
            if (Begins(text.Slice(start, end - start), word)) last = line;
            start = end + 1;
        }
        return last;
    }

    private static bool Begins(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        LineWords words = new(line);
        return words.Next() && words.Word.SequenceEqual(word);
    }
}
