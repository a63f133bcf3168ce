using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>What an array of a data set is for.</summary>
public enum NpzRole : byte
{
    /// <summary>Images to train on.</summary>
    TrainImages,
    /// <summary>Their labels.</summary>
    TrainLabels,
    /// <summary>Images to test with.</summary>
    TestImages,
    /// <summary>Their labels.</summary>
    TestLabels,
}

/// <summary>The arrays of a data set in an .npz file, a ZIP archive of .npy files, by the names in use for them.</summary>
public static class Npz
{
    /// <summary>The names that are looked for, a space between each two, the usual one first; case does not matter.</summary>
    public static ReadOnlySpan<byte> NamesOf(NpzRole role) => role switch
    {
        NpzRole.TrainImages => "x_train train_images train_x xtrain trainx train_data images_train x_tr training_images"u8,
        NpzRole.TrainLabels => "y_train train_labels train_y ytrain trainy train_targets labels_train y_tr training_labels"u8,
        NpzRole.TestImages => "x_test test_images test_x xtest testx test_data images_test x_te testing_images"u8,
        _ => "y_test test_labels test_y ytest testy test_targets labels_test y_te testing_labels"u8,
    };

    /// <summary>The entry of that role, with or without <c>.npy</c> in its name.</summary>
    public static bool TryFind(Zip zip, NpzRole role, out ZipEntry entry)
    {
        Span<byte> lower = stackalloc byte[32];
        zip.Rewind();
        while (zip.TryNext(out entry))
        {
            ReadOnlySpan<byte> name = BaseName(entry.Name);
            if (name.Length > lower.Length) continue;
            for (int i = 0; i < name.Length; i++) lower[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
            if (WordList.IndexOf(NamesOf(role), lower.Slice(0, name.Length)) >= 0) return true;
        }
        entry = default;
        return false;
    }

    /// <summary>The entry of an archive that has only one, such as numpy.savez names <c>arr_0</c>.</summary>
    public static bool TryOnly(Zip zip, out ZipEntry entry)
    {
        zip.Rewind();
        bool one = zip.TryNext(out entry) && !zip.TryNext(out _);
        if (!one) entry = default;
        return one;
    }

    /// <summary>Appends the names of all entries, a comma between each two: for a sentence that says what there is.</summary>
    public static void WriteNames(Zip zip, scoped ref Utf8Writer to)
    {
        zip.Rewind();
        bool first = true;
        while (zip.TryNext(out ZipEntry entry))
        {
            if (!first) to.Text(", "u8);
            first = false;
            to.Text(BaseName(entry.Name));
        }
    }

    private static ReadOnlySpan<byte> BaseName(ReadOnlySpan<byte> name) =>
        name.Length > 4 && name.Slice(name.Length - 4).SequenceEqual(".npy"u8) ? name.Slice(0, name.Length - 4) : name;
}
