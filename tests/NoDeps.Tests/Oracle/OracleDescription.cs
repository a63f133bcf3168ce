using System.Globalization;

namespace NoDeps.Tests.Oracle;

/// <summary>
/// A network description read with ordinary string code: the second opinion on the parser of NoDeps.Network.
/// Grammar: one layer a line, <c>#</c> starts a comment, sizes are <c>N</c> or <c>HxW</c>.
/// </summary>
public sealed class OracleDescription
{
    /// <summary>The layers in order, ready to run.</summary>
    public List<OracleLayer> Layers { get; } = [];
    /// <summary>The description's word for each layer: <c>conv</c>, <c>relu</c>, ….</summary>
    public List<string> Words { get; } = [];
    /// <summary>Shape of one input sample.</summary>
    public OracleShape Input { get; private set; }
    /// <summary>The loss named by the last line.</summary>
    public OracleLoss Loss { get; private set; } = new OracleSoftmaxCrossEntropy();

    /// <summary>True behind a flatten: only then a dense layer fits, and no window.</summary>
    private bool Flat => Words.Contains("flatten");

    private OracleShape Current => Layers.Count == 0 ? Input : Layers[^1].Output;

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">Something is wrong; the message names the line, counted from 1.</exception>
    public static OracleDescription Parse(string text)
    {
        var description = new OracleDescription();
        string[] lines = text.Split('\n');
        bool started = false, ended = false;
        for (int at = 0; at < lines.Length; at++)
        {
            string[] words = lines[at].Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            Require(!ended, at, "nothing follows the loss");
            Require(started == (words[0] != "input"), at, "input comes first, and once");
            try
            {
                Only(words);
                if (words[0] == "input")
                    description.Input = Shape(words[1]);
                else if (words[0] == "loss")
                    description.Loss = LossOf(words);
                else
                    description.Add(words);
            }
            catch (Exception e) when (e is FormatException or IndexOutOfRangeException
                or OverflowException or ArgumentException or KeyNotFoundException)
            {
                throw new FormatException($"line {at + 1}: {e.Message}");
            }
            started = true;
            ended = words[0] == "loss";
        }
        Require(ended, lines.Length - 1, "no loss");
        Require(description.Layers.Count > 0 && description.Flat && description.Current.Size is >= 2 and <= 256,
            lines.Length - 1, "a loss takes one number for each of 2 to 256 classes");
        return description;
    }

    /// <summary>What may follow each word: how many plain words, and which options.</summary>
    private static readonly Dictionary<string, (int Plain, string[] Options)> Grammar = new()
    {
        ["input"] = (1, []),
        ["loss"] = (1, ["smoothing"]),
        ["dense"] = (1, []),
        ["dropout"] = (1, []),
        ["conv"] = (1, ["kernel", "stride", "pad"]),
        ["maxpool"] = (0, ["kernel", "stride", "pad"]),
        ["avgpool"] = (0, ["kernel", "stride", "pad"]),
        ["leakyrelu"] = (0, ["slope"]),
        ["shortcut"] = (0, ["back"]),
        ["relu"] = (0, []),
        ["sigmoid"] = (0, []),
        ["tanh"] = (0, []),
        ["batchnorm"] = (0, []),
        ["flatten"] = (0, []),
    };

    private static void Only(string[] words)
    {
        if (!Grammar.TryGetValue(words[0], out var allowed))
            throw new FormatException($"nothing is called {words[0]}");
        var options = words.Skip(1).Where(w => w.Contains('=')).ToArray();
        if (words.Length - 1 - options.Length != allowed.Plain
            || !options.All(o => allowed.Options.Contains(o.Split('=')[0]) && o.Split('=').Length == 2))
            throw new FormatException($"{words[0]} takes {allowed.Plain} and {string.Join(", ", allowed.Options)}");
    }

    private static void Require(bool condition, int at, string message)
    {
        if (!condition)
            throw new FormatException($"line {at + 1}: {message}");
    }

    private static int Number(string text) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Decimal(string text) =>
        double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static OracleShape Shape(string text)
    {
        int[] sizes = Array.ConvertAll(text.Split('x'), Number);
        return sizes.Length == 3 && sizes.All(s => s > 0)
            ? new OracleShape(sizes[0], sizes[1], sizes[2])
            : throw new FormatException("an input is CxHxW");
    }

    private static OracleLoss LossOf(string[] words) => words switch
    {
        [_, "softmax-cross-entropy"] => new OracleSoftmaxCrossEntropy(),
        [_, "softmax-cross-entropy", var option] when Decimal(option.Split('=')[1]) is <= 1 and var smoothing =>
            new OracleSoftmaxCrossEntropy { Smoothing = smoothing },
        [_, "squared-error"] => new OracleSquaredError(),
        _ => throw new FormatException($"no loss is called {string.Join(' ', words)}"),
    };

    private void Add(string[] words)
    {
        var options = words.Skip(1).Where(w => w.Contains('=')).Select(w => w.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        if (Flat && words[0] is ("conv" or "maxpool" or "avgpool"))
            throw new FormatException("a window needs rows and columns");
        Layers.Add(words[0] switch
        {
            "conv" => Convolution(Number(words[1]), options),
            "maxpool" => new OracleMaxPooling(Current, Pool(options, 0), Pool(options, 1)),
            "avgpool" => new OracleAveragePooling(Current, Pool(options, 0), Pool(options, 1)),
            "relu" => new OracleRelu(Current),
            "leakyrelu" => new OracleLeakyRelu(Current, Decimal(options.GetValueOrDefault("slope", "0.01"))),
            "sigmoid" => new OracleSigmoid(Current),
            "tanh" => new OracleTanh(Current),
            "batchnorm" => new OracleBatchNormalization(Current),
            "shortcut" => Shortcut(Number(options["back"])),
            "dropout" when Decimal(words[1]) < 1 => new OracleDropout(Current, Decimal(words[1])),
            "flatten" => new OracleFlatten(Current),
            "dense" => Dense(Number(words[1])),
            _ => throw new FormatException($"no layer is called {words[0]}"),
        });
        if (Current.Channels < 1 || Current.Rows < 1 || Current.Columns < 1)
            throw new FormatException("a layer of nothing, or a kernel larger than its input");
        Words.Add(words[0]);
    }

    private OracleConvolution Convolution(int channels, Dictionary<string, string> options) =>
        new(Current, channels, Window(options, 0, false), Window(options, 1, false));

    private OracleDense Dense(int features) =>
        Flat ? new OracleDense(Current, features)
            : throw new FormatException("a flatten is missing");

    private OracleShortcut Shortcut(int back)
    {
        int earlier = Layers.Count - back;
        return back >= 2 && earlier >= -1 && (earlier < 0 ? Input : Layers[earlier].Output) == Current
            ? new OracleShortcut(Current, back)
            : throw new FormatException("a shortcut needs an earlier output of the same shape");
    }

    /// <summary>The padding is at most half the kernel, as in PyTorch: no window lies outside the input.</summary>
    private static OracleWindow Pool(Dictionary<string, string> options, int axis)
    {
        var window = Window(options, axis, true);
        return window.Padding <= window.Kernel / 2 ? window : throw new FormatException("more padding than half");
    }

    /// <summary>Axis 0 is rows, axis 1 columns; one number stands for both.</summary>
    private static OracleWindow Window(Dictionary<string, string> options, int axis, bool strideIsKernel)
    {
        int Size(string text)
        {
            int[] sizes = Array.ConvertAll(text.Split('x'), Number);
            return sizes.Length <= 2 ? sizes[Math.Min(axis, sizes.Length - 1)] : throw new FormatException("HxW");
        }
        int kernel = Size(options["kernel"]);
        int stride = options.TryGetValue("stride", out string? s) ? Size(s) : strideIsKernel ? kernel : 1;
        int padding = options.TryGetValue("pad", out string? p) ? Size(p) : 0;
        return kernel >= 1 && stride >= 1
            ? new OracleWindow(kernel, stride, padding)
            : throw new FormatException("a kernel or a stride of nothing");
    }
}
