using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The role of an array in a data set.</summary>
public enum NpzRole : byte
{
    /// <summary>The training images.</summary>
    TrainImages,
    /// <summary>The labels of the training images.</summary>
    TrainLabels,
    /// <summary>The test images.</summary>
    TestImages,
    /// <summary>The labels of the test images.</summary>
    TestLabels,
}

/// <summary>Finds the arrays of a data set in an .npz file (a ZIP archive of .npy files) by their common names.</summary>
public static class Npz
{
    /// <summary>The accepted names, separated by spaces, the most common first; case is ignored.</summary>
    public static ReadOnlySpan<byte> NamesOf(NpzRole role) => role switch
    {
        NpzRole.TrainImages => "x_train train_images train_x xtrain trainx train_data images_train x_tr training_images"u8,
        NpzRole.TrainLabels => "y_train train_labels train_y ytrain trainy train_targets labels_train y_tr training_labels"u8,
        NpzRole.TestImages => "x_test test_images test_x xtest testx test_data images_test x_te testing_images"u8,
        _ => "y_test test_labels test_y ytest testy test_targets labels_test y_te testing_labels"u8,
    };

    /// <summary>Finds the entry with a role; its name may end in <c>.npy</c>.</summary>
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

    /// <summary>Returns the entry of an archive that has only one, such as <c>arr_0</c> from numpy.savez.</summary>
    public static bool TryOnly(Zip zip, out ZipEntry entry)
    {
        zip.Rewind();
        bool one = zip.TryNext(out entry) && !zip.TryNext(out _);
        if (!one) entry = default;
        return one;
    }

    /// <summary>Appends the names of all entries, separated by commas, for messages.</summary>
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
