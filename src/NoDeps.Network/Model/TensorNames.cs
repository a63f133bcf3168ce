using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Splits a tensor's name: the module before the last dot or slash, and the kind after it.</summary>
internal static class TensorNames
{
    /// <summary>The kind of a batch count, in addition to those of <see cref="ParameterKind"/>.</summary>
    internal const int Batches = 4;
    /// <summary>The kind of any other name.</summary>
    internal const int Other = -1;

    /// <summary>The length of the module's name; 0 if there is none.</summary>
    internal static int ModuleLength(ReadOnlySpan<byte> name)
    {
        int length = name.Length;
        while (length > 0 && name[length - 1] != '.' && name[length - 1] != '/') length--;
        return length == 0 ? 0 : length - 1;
    }

    /// <summary>The number of a <see cref="ParameterKind"/>, <see cref="Batches"/> or <see cref="Other"/>.</summary>
    internal static int KindOf(ReadOnlySpan<byte> name)
    {
        int module = ModuleLength(name);
        ReadOnlySpan<byte> word = module == 0 ? name : name.Slice(module + 1);
        if (word.Length > 2 && word[word.Length - 2] == ':' && word[word.Length - 1] == '0') word = word.Slice(0, word.Length - 2);
        int kind = WordList.IndexOf("weight bias running_mean running_var num_batches_tracked"u8, word);
        if (kind < 0) kind = WordList.IndexOf("kernel beta moving_mean moving_variance"u8, word);
        return kind < 0 && word.SequenceEqual("gamma"u8) ? 0 : kind;
    }

    /// <summary>Returns true if <paramref name="a"/> is not after <paramref name="b"/> in byte order.</summary>
    internal static bool IsSorted(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int i = 0;
        while (i < a.Length && i < b.Length && a[i] == b[i]) i++;
        return i == a.Length || i < b.Length && a[i] < b[i];
    }

    /// <summary>Returns true if <paramref name="a"/> is before <paramref name="b"/>, comparing runs of digits as numbers.</summary>
    internal static bool IsBefore(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (IsDigit(a[i]) && IsDigit(b[j]))
            {
                while (i < a.Length && a[i] == '0') i++;
                while (j < b.Length && b[j] == '0') j++;
                int x = i, y = j;
                while (x < a.Length && IsDigit(a[x])) x++;
                while (y < b.Length && IsDigit(b[y])) y++;
                if (x - i != y - j) return x - i < y - j;
                for (; i < x; i++, j++)
                {
                    if (a[i] != b[j]) return a[i] < b[j];
                }
                continue;
            }
            if (a[i] != b[j]) return a[i] < b[j];
            i++;
            j++;
        }
        return a.Length - i < b.Length - j;
    }

    private static bool IsDigit(byte c) => (uint)(c - '0') < 10;
}
