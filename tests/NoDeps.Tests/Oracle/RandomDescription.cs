namespace NoDeps.Tests.Oracle;

/// <summary>
/// Random descriptions around one kind of layer, small and of awkward shapes: nothing is square unless by accident,
/// windows overlap or leave gaps, channels are no multiple of anything.
/// </summary>
public static class RandomDescription
{
    /// <summary>Every word of the grammar that stands for a layer.</summary>
    public static readonly string[] Kinds =
    [
        "conv", "maxpool", "avgpool", "relu", "leakyrelu", "sigmoid", "tanh", "batchnorm", "shortcut", "dropout",
        "flatten", "dense",
    ];

    private static readonly string[] Around = ["conv", "relu", "maxpool", "avgpool", "tanh", "batchnorm"];

    /// <summary>A description with a layer of the kind in it, 0 to 2 layers before it and 0 or 1 after it.</summary>
    public static string Of(Random random, string kind)
    {
        while (true)
        {
            var lines = new List<string> { $"input {random.Next(1, 5)}x{random.Next(2, 14)}x{random.Next(2, 14)}" };
            for (int before = random.Next(kind == "shortcut" ? 1 : 0, 3); before > 0; before--)
                lines.Add(Line(random, Around[random.Next(Around.Length)], lines.Count - 1));
            if (kind == "dense")
                lines.Add("flatten");
            lines.Add(Line(random, kind, lines.Count - 1));
            bool flat = kind is "dense" or "flatten";
            if (random.Next(2) == 0)
                lines.Add(Line(random, flat ? "relu" : Around[random.Next(Around.Length)], lines.Count - 1));
            if (!flat)
                lines.Add("flatten");
            lines.Add($"dense {random.Next(2, 14)}");
            if (random.Next(3) == 0)
                lines.Add(random.Next(2) == 0 ? "sigmoid" : "tanh");
            lines.Add(random.Next(6) switch
            {
                0 or 1 => "loss squared-error",
                2 => $"loss softmax-cross-entropy smoothing=0.{random.Next(1, 4)}",
                _ => "loss softmax-cross-entropy",
            });
            string text = string.Join('\n', lines) + "\n";
            if (Fits(text))
                return text;
        }
    }

    private static bool Fits(string text)
    {
        try
        {
            var network = OracleNetwork.Of(text);
            return network.Layers.All(layer => layer.Output.Size <= 1500)
                && network.Parameters.Sum(p => p.Parameter.Value.Length) <= 30_000;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Line(Random random, string kind, int position) => kind switch
    {
        "conv" => $"conv {random.Next(1, 15)} {Window(random, 5, kernel => random.Next(0, kernel + 1))}",
        "maxpool" or "avgpool" => $"{kind} {Window(random, 4, kernel => random.Next(0, kernel / 2 + 1))}",
        "leakyrelu" => random.Next(2) == 0 ? "leakyrelu" : $"leakyrelu slope=0.{random.Next(1, 40):00}",
        "shortcut" => $"shortcut back={random.Next(2, position + 2)}",
        "dropout" => $"dropout 0.{random.Next(1, 9)}",
        "dense" => $"dense {random.Next(1, 40)}",
        _ => kind,
    };

    private static string Window(Random random, int largest, Func<int, int> padding)
    {
        int rows = random.Next(1, largest + 1), columns = random.Next(3) == 0 ? rows : random.Next(1, largest + 1);
        string text = $"kernel={Size(rows, columns)}";
        if (random.Next(2) == 0)
            text += $" stride={Size(random.Next(1, 4), random.Next(1, 4))}";
        if (random.Next(2) == 0)
            text += rows == columns && random.Next(2) == 0 ? $" pad={padding(rows)}"
                : $" pad={padding(rows)}x{padding(columns)}";
        return text;
    }

    private static string Size(int rows, int columns) => rows == columns ? $"{rows}" : $"{rows}x{columns}";
}
