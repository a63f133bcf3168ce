using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>A data set whose class names are known.</summary>
public enum ClassNameSet : byte
{
    /// <summary>Not a known data set.</summary>
    None,
    /// <summary>MNIST, QMNIST and EMNIST's digits: 0 to 9.</summary>
    Digits,
    /// <summary>Fashion-MNIST.</summary>
    Fashion,
    /// <summary>Kuzushiji-MNIST: ten hiragana characters.</summary>
    Kuzushiji,
    /// <summary>EMNIST Letters, counted from 0 (its files count from 1): both cases of a letter are one class.</summary>
    EmnistLetters,
    /// <summary>EMNIST Balanced and By_Merge: digits, uppercase letters, and the lowercase letters that look different from them.</summary>
    EmnistBalanced,
    /// <summary>EMNIST By_Class: digits, uppercase letters, lowercase letters.</summary>
    EmnistByClass,
    /// <summary>CIFAR-10.</summary>
    Cifar10,
    /// <summary>CIFAR-100, the fine labels.</summary>
    Cifar100,
}

/// <summary>
/// Class names in UTF-8, as published by the data sets' authors: Y. LeCun (MNIST); H. Xiao et al., arXiv:1708.07747;
/// T. Clanuwat et al., arXiv:1812.01718; G. Cohen et al., arXiv:1702.05373; A. Krizhevsky (CIFAR).
/// </summary>
public static class ClassNames
{
    private const byte Separator = (byte)'|';

    /// <summary>The number of classes of a set; 0 for <see cref="ClassNameSet.None"/>.</summary>
    public static int Count(ClassNameSet set)
    {
        ReadOnlySpan<byte> table = Table(set);
        int count = table.IsEmpty ? 0 : 1;
        for (int i = 0; i < table.Length; i++)
            if (table[i] == Separator) count++;
        return count;
    }

    /// <summary>The name of a class; empty if there is none.</summary>
    public static ReadOnlySpan<byte> NameOf(ClassNameSet set, int index) =>
        index < 0 ? default : WordList.At(Table(set), index, Separator);

    /// <summary>
    /// Recognizes a set by the name of a file or directory, ignoring case: <c>emnist-letters-train-images-idx3-ubyte</c>,
    /// <c>FashionMNIST/raw</c>, <c>cifar-10-batches-bin</c>.
    /// </summary>
    public static ClassNameSet FromPath(ReadOnlySpan<byte> path)
    {
        if (ContainsIgnoreCase(path, "emnist"u8))
        {
            if (ContainsIgnoreCase(path, "letters"u8)) return ClassNameSet.EmnistLetters;
            if (ContainsIgnoreCase(path, "balanced"u8) || ContainsIgnoreCase(path, "bymerge"u8)) return ClassNameSet.EmnistBalanced;
            if (ContainsIgnoreCase(path, "byclass"u8)) return ClassNameSet.EmnistByClass;
            if (ContainsIgnoreCase(path, "digits"u8) || ContainsIgnoreCase(path, "emnist-mnist"u8)) return ClassNameSet.Digits;
            return ClassNameSet.None;
        }
        if (ContainsIgnoreCase(path, "fashion"u8)) return ClassNameSet.Fashion;
        if (ContainsIgnoreCase(path, "kmnist"u8) || ContainsIgnoreCase(path, "kuzushiji"u8)) return ClassNameSet.Kuzushiji;
        if (ContainsIgnoreCase(path, "cifar-100"u8) || ContainsIgnoreCase(path, "cifar100"u8)) return ClassNameSet.Cifar100;
        if (ContainsIgnoreCase(path, "cifar-10"u8) || ContainsIgnoreCase(path, "cifar10"u8)) return ClassNameSet.Cifar10;
        return ContainsIgnoreCase(path, "mnist"u8) ? ClassNameSet.Digits : ClassNameSet.None;
    }

    private static bool ContainsIgnoreCase(ReadOnlySpan<byte> path, ReadOnlySpan<byte> lower)
    {
        for (int start = 0; start <= path.Length - lower.Length; start++)
        {
            int i = 0;
            while (i < lower.Length && (path[start + i] == lower[i] || (path[start + i] | 0x20) == lower[i] && lower[i] >= 'a')) i++;
            if (i == lower.Length) return true;
        }
        return false;
    }

    private static ReadOnlySpan<byte> Table(ClassNameSet set) => set switch
    {
        ClassNameSet.Digits => "0|1|2|3|4|5|6|7|8|9"u8,
        ClassNameSet.Fashion => "T-shirt/top|trouser|pullover|dress|coat|sandal|shirt|sneaker|bag|ankle boot"u8,
        ClassNameSet.Kuzushiji => "お|き|す|つ|な|は|ま|や|れ|を"u8,
        ClassNameSet.EmnistLetters => "A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|Q|R|S|T|U|V|W|X|Y|Z"u8,
        ClassNameSet.EmnistBalanced => "0|1|2|3|4|5|6|7|8|9|A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|Q|R|S|T|U|V|W|X|Y|Z|"u8 +
            "a|b|d|e|f|g|h|n|q|r|t"u8,
        ClassNameSet.EmnistByClass => "0|1|2|3|4|5|6|7|8|9|A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|Q|R|S|T|U|V|W|X|Y|Z|"u8 +
            "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u|v|w|x|y|z"u8,
        ClassNameSet.Cifar10 => "airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck"u8,
        ClassNameSet.Cifar100 => Cifar100,
        _ => default,
    };

    private static ReadOnlySpan<byte> Cifar100 => "apple|aquarium fish|baby|bear|beaver|bed|bee|beetle|bicycle|bottle|bowl|boy|"u8 +
        "bridge|bus|butterfly|camel|can|castle|caterpillar|cattle|chair|chimpanzee|clock|cloud|cockroach|couch|crab|"u8 +
        "crocodile|cup|dinosaur|dolphin|elephant|flatfish|forest|fox|girl|hamster|house|kangaroo|keyboard|lamp|lawn mower|"u8 +
        "leopard|lion|lizard|lobster|man|maple tree|motorcycle|mountain|mouse|mushroom|oak tree|orange|orchid|otter|"u8 +
        "palm tree|pear|pickup truck|pine tree|plain|plate|poppy|porcupine|possum|rabbit|raccoon|ray|road|rocket|rose|sea|"u8 +
        "seal|shark|shrew|skunk|skyscraper|snail|snake|spider|squirrel|streetcar|sunflower|sweet pepper|table|tank|"u8 +
        "telephone|television|tiger|tractor|train|trout|tulip|turtle|wardrobe|whale|willow tree|wolf|woman|worm"u8;
}
