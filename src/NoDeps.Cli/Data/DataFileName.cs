using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The content of a file as indicated by its name. Names may have dots or hyphens, upper or lower case, an extension .gz, a
/// prefix that names the set (<c>emnist-letters-train-images-idx3-ubyte.gz</c>), and synonyms.
/// </summary>
internal ref struct DataFileName
{
    /// <summary>Longer names are ignored.</summary>
    private const int MaxLength = 255;

    /// <summary>The format; <see cref="DataFormat.None"/> if the name does not say.</summary>
    public DataFormat Format;
    /// <summary>The content of the file.</summary>
    public DataRole Role;
    /// <summary>The words before those that name the content, such as "emnist-letters"; may be empty.</summary>
    public ReadOnlySpan<byte> Set;
    /// <summary>True if the name ends with .gz.</summary>
    public bool IsGzipped;

    private bool _isTraining, _isTest, _isImages, _isLabels, _isBatch;

    private static ReadOnlySpan<byte> TrainingWords => "train training"u8;
    private static ReadOnlySpan<byte> TestWords => "test t10k testing val"u8;
    private static ReadOnlySpan<byte> ImageWords => "images image imgs img x idx3 idx4"u8;
    private static ReadOnlySpan<byte> LabelWords => "labels label lbls y idx1 idx2"u8;

    /// <summary>Parses a name without its folder.</summary>
    public static DataFileName Parse(ReadOnlySpan<byte> name)
    {
        DataFileName result = default;
        if (name.Length > MaxLength || name.IsEmpty || name[0] == '.') return result;
        ReadOnlySpan<byte> rest = name;
        result.IsGzipped = EndsWith(rest, ".gz"u8);
        if (result.IsGzipped) rest = rest.Slice(0, rest.Length - 3);
        result.Format = FormatOf(ref rest);
        int setEnd = -1;
        bool hasIdx = false;
        for (int start = 0; start < rest.Length;)
        {
            int end = start;
            while (end < rest.Length && !IsSeparator(rest[end])) end++;
            ReadOnlySpan<byte> word = rest.Slice(start, end - start);
            if (result.Take(word) && setEnd < 0) setEnd = start;
            bool isIdx = Is("idx1 idx2 idx3 idx4 ubyte idx"u8, word);
            hasIdx |= isIdx;
            // Any other extension means another kind of file: train.log, train-images.png.
            bool isEnding = end == rest.Length && start > 0 && rest[start - 1] == '.';
            if (isEnding && !isIdx && !Is(TrainingWords, word) && !Is(TestWords, word) && !Is(ImageWords, word) && !Is(LabelWords, word))
                return default;
            start = end + 1;
        }
        result.Set = setEnd < 0 ? rest : rest.Slice(0, Math.Max(setEnd - 1, 0));
        result.Conclude(hasIdx);
        return result;
    }

    /// <summary>Removes the extension and returns its format; IDX for any other.</summary>
    private static DataFormat FormatOf(ref ReadOnlySpan<byte> name)
    {
        DataFormat format = EndsWith(name, ".npy"u8) ? DataFormat.Npy : EndsWith(name, ".npz"u8) ? DataFormat.Npz
            : EndsWith(name, ".csv"u8) ? DataFormat.Csv : DataFormat.Idx;
        if (format != DataFormat.Idx || EndsWith(name, ".bin"u8)) name = name.Slice(0, name.Length - 4);
        return format;
    }

    /// <summary>Evaluates a word; returns true if it names the content.</summary>
    private bool Take(ReadOnlySpan<byte> word)
    {
        bool isTraining = Is(TrainingWords, word), isTest = Is(TestWords, word);
        bool isImages = Is(ImageWords, word), isLabels = Is(LabelWords, word), isBatch = Is("data batch"u8, word);
        _isTraining |= isTraining;
        _isTest |= isTest;
        _isImages |= isImages;
        _isLabels |= isLabels;
        _isBatch |= isBatch;
        return isTraining | isTest | isImages | isLabels | isBatch;
    }

    private void Conclude(bool hasIdx)
    {
        bool isBinary = Format == DataFormat.Idx && !hasIdx;
        if (isBinary && _isBatch && !_isImages && !_isLabels)
        {
            Format = DataFormat.Cifar10;
            Role = _isTest ? DataRole.Test : DataRole.Training;
            return;
        }
        bool isWhole = _isImages == _isLabels;
        if (isBinary && isWhole && _isTraining != _isTest) Format = DataFormat.Cifar100;
        if (Format == DataFormat.Npz && !_isTraining && !_isTest) Role = DataRole.Everything;
        else if (_isTraining == _isTest) Format = DataFormat.None;
        else if (!isWhole && _isLabels) Role = _isTraining ? DataRole.TrainingLabels : DataRole.TestLabels;
        else if (!isWhole) Role = _isTraining ? DataRole.TrainingImages : DataRole.TestImages;
        else if (Format == DataFormat.Csv || Format == DataFormat.Cifar100) Role = _isTraining ? DataRole.Training : DataRole.Test;
        else Format = DataFormat.None;
    }

    private static bool IsSeparator(byte b) => b == '-' || b == '_' || b == '.' || b == ' ';

    private static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ending) =>
        name.Length > ending.Length && Same(name.Slice(name.Length - ending.Length), ending);

    private static bool Is(ReadOnlySpan<byte> words, ReadOnlySpan<byte> word)
    {
        for (int i = 0; ; i++)
        {
            ReadOnlySpan<byte> each = WordList.At(words, i);
            if (each.IsEmpty) return false;
            if (Same(word, each)) return true;
        }
    }

    /// <summary>Returns true if two texts are equal ignoring case; the second must be in lower case.</summary>
    internal static bool Same(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length != lower.Length) return false;
        for (int i = 0; i < text.Length; i++) if (Lower(text[i]) != lower[i]) return false;
        return true;
    }

    internal static byte Lower(byte b) => b >= 'A' && b <= 'Z' ? (byte)(b + 32) : b;
}
