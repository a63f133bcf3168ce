using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Reads network descriptions; see <see cref="NetworkDescription"/> for the grammar.</summary>
internal ref struct DescriptionParser
{
    /// <summary>Largest number that a size may be.</summary>
    private const int MaxSize = 65535;
    /// <summary>Largest kernel, stride or padding: with it the products below stay within their types.</summary>
    private const int MaxWindow = 4095;
    /// <summary>Most elements of one sample at any layer, most parameters of one layer, and half as many as of all.</summary>
    private const int MaxElements = 1 << 26;
    private const int Align = 16;

    /// <summary>The words that begin a line: layers by number of <see cref="LayerKind"/>, then the others.</summary>
    private static ReadOnlySpan<byte> FirstWords =>
        "conv relu sigmoid tanh leakyrelu batchnorm maxpool avgpool shortcut dropout flatten dense input recipe loss"u8;
    private const int InputWord = (int)LayerKind.Dense + 1;
    private const int RecipeWord = InputWord + 1;
    private const int LossWord = RecipeWord + 1;

    private static ReadOnlySpan<byte> ShapeHint => "write channels x rows x columns: input 1x28x28"u8;
    private static ReadOnlySpan<byte> BeginHint => "begin with a line such as \"input 1x28x28\""u8;
    private static ReadOnlySpan<byte> ConvolutionExample => "for example: conv 6 kernel=5"u8;

    private LineWords words;
    private NetworkDescription network;
    private Shape shape;
    private int line;
    private bool hasInput, hasLoss, hasRecipe, isFlat;

    public static Fault Parse(ReadOnlySpan<byte> text, out NetworkDescription description)
    {
        DescriptionParser parser = default;
        description = null;
        parser.network = new NetworkDescription { Layers = new Layer[NetworkDescription.MaxLayers], Recipe = Recipe.Default };
        int at = 0;
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && text[end] != '\n') end++;
            parser.line++;
            parser.words = new LineWords(text.Slice(at, end - at));
            at = end + 1;
            Fault fault = parser.Line();
            if (!fault.IsNone) return fault;
        }
        Fault last = parser.Finish();
        if (!last.IsNone) return last;
        parser.network.Text = new byte[text.Length];
        text.CopyTo(parser.network.Text);
        description = parser.network;
        return Fault.None;
    }

    private Fault Line()
    {
        if (!words.Next()) return Fault.None;
        int first = WordList.IndexOf(FirstWords, words.Word);
        if (first == InputWord) return Input();
        if (first == RecipeWord) return ReadRecipe();
        if (first == LossWord) return Loss();
        if (first < 0)
        {
            return WrongWord("unknown word\n"u8 +
                "known are input, conv, relu, sigmoid, tanh, leakyrelu, batchnorm, maxpool, avgpool, shortcut, "u8 +
                "dropout, flatten, dense, loss, recipe"u8);
        }
        if (!hasInput) return Wrong("a layer before the input"u8).WithHint(BeginHint);
        if (hasLoss) return WrongLine("a layer after the loss\n"u8 + "the loss comes last"u8);
        if (network.LayerCount == NetworkDescription.MaxLayers) return Fault.AtLine(line, "more than 256 layers"u8);
        Layer layer = new Layer { Kind = (LayerKind)first, Index = network.LayerCount, Line = line };
        layer.Input = layer.Output = shape;
        Fault fault = ReadLayer(layer);
        if (!fault.IsNone) return fault;
        if (words.Next()) return Unexpected();
        if (network.FlatParameters > MaxElements) return TooLarge();
        Place(layer);
        return Fault.None;
    }

    private Fault Input()
    {
        if (hasInput) return Wrong("a second input\n"u8 + "a description has one input line, its first"u8);
        if (!words.Next()) return WrongLine("input needs a shape"u8).WithHint(ShapeHint);
        if (LineWords.Numbers(words.Word, 1, MaxSize, ref shape.Channels, 3) != 3)
            return WrongWord("not a shape"u8).WithHint(ShapeHint);
        if ((long)shape.Channels * shape.Rows * shape.Columns > MaxElements) return TooLarge();
        if (words.Next()) return Unexpected();
        network.Input = shape;
        hasInput = true;
        return Fault.None;
    }

    private Fault ReadLayer(Layer layer)
    {
        switch (layer.Kind)
        {
            case LayerKind.Convolution:
                return Convolution(layer);
            case LayerKind.MaximumPooling:
            case LayerKind.AveragePooling:
                return Pooling(layer);
            case LayerKind.Dense:
                return Dense(layer);
            case LayerKind.Shortcut:
                return Shortcut(layer);
            case LayerKind.Dropout:
                if (!words.Next()) return WrongLine("dropout needs a probability\n"u8 + "for example: dropout 0.25"u8);
                if (!LineWords.TryDecimal(words.Word, out double p) || p >= 1)
                    return WrongWord("not a probability\n"u8 + "0 or more and below 1: dropout 0.25"u8);
                layer.DropProbability = (float)p;
                return Fault.None;
            case LayerKind.LeakyRelu:
                layer.Slope = 0.01f;
                if (!words.Next()) return Fault.None;
                if (words.Option("slope"u8, out ReadOnlySpan<byte> slope) < 0) return Unexpected();
                if (!LineWords.TryDecimal(slope, out double s))
                    return WrongWord("not a slope\n"u8 + "0 or more: leakyrelu slope=0.01"u8);
                layer.Slope = (float)s;
                return Fault.None;
            case LayerKind.BatchNormalization:
                layer.WeightCount = shape.Channels;
                layer.BiasCount = shape.Channels;
                return Fault.None;
            case LayerKind.Flatten:
                layer.Output = new Shape(shape.Size, 1, 1);
                isFlat = true;
                return Fault.None;
            default:
                return Fault.None;
        }
    }

    private Fault Convolution(Layer layer)
    {
        if (isFlat) return NeedsImage();
        if (!words.Next()) return WrongLine("conv needs the number of its output channels"u8).WithHint(ConvolutionExample);
        int channels = 0;
        if (LineWords.Numbers(words.Word, 1, MaxSize, ref channels, 1) == 0) return NotANumber(ConvolutionExample);
        Fault fault = Window(layer, ConvolutionExample);
        if (!fault.IsNone) return fault;
        layer.Output.Channels = channels;
        long kernel = (long)layer.Window.KernelRows * layer.Window.KernelColumns * shape.Channels;
        long weights = kernel * channels;
        if (weights > MaxElements || (long)channels * layer.Output.Plane > MaxElements) return TooLarge();
        layer.WeightCount = (int)weights;
        layer.BiasCount = channels;
        layer.MultiplyAdds = weights * layer.Output.Plane;
        return Fault.None;
    }

    private Fault Pooling(Layer layer)
    {
        if (isFlat) return NeedsImage();
        Fault fault = Window(layer, "for example: maxpool kernel=2"u8);
        if (!fault.IsNone) return fault;
        // Otherwise a window may lie in the padding altogether, and has no maximum.
        if (2 * layer.Window.PadRows > layer.Window.KernelRows || 2 * layer.Window.PadColumns > layer.Window.KernelColumns)
        {
            return WrongLine("padding of more than half the kernel\n"u8 + "pad at most half the kernel size"u8);
        }
        return Fault.None;
    }

    private Fault Dense(Layer layer)
    {
        if (!words.Next()) return WrongLine("dense needs the number of its outputs\n"u8 + "for example: dense 120"u8);
        int outputs = 0;
        if (LineWords.Numbers(words.Word, 1, 1 << 20, ref outputs, 1) == 0) return NotANumber("for example: dense 120"u8);
        if (!isFlat)
            return WrongSizes("dense "u8, new Shape(outputs, 0, 0), " after "u8, shape)
                .WithHint("add \"flatten\" before it"u8);
        layer.Output = new Shape(outputs, 1, 1);
        long weights = (long)outputs * shape.Size;
        if (weights > MaxElements) return TooLarge();
        layer.WeightCount = (int)weights;
        layer.BiasCount = outputs;
        layer.MultiplyAdds = weights;
        return Fault.None;
    }

    private Fault Shortcut(Layer layer)
    {
        if (!words.Next() || words.Option("back"u8, out ReadOnlySpan<byte> value) < 0)
            return WrongLine("shortcut needs back=K\n"u8 + "for example: shortcut back=4"u8);
        int back = 0;
        if (LineWords.Numbers(value, 1, NetworkDescription.MaxLayers, ref back, 1) == 0)
            return NotANumber("for example: shortcut back=4"u8);
        if (back < 2) return WrongWord("a shortcut over no layer\n"u8 +
            "back=2 adds the output before the last layer"u8);
        if (back > layer.Index + 1)
            return WrongWord("shortcut from before the input\n"u8 + "back reaches at most to the input"u8);
        int target = layer.Index - back;
        Shape from = target < 0 ? network.Input : network.Layers[target].Output;
        if (!from.Matches(shape))
        {
            return WrongSizes("shortcut from "u8, from, " to "u8, shape)
                .WithHint("both shapes must be the same"u8)                .WithQuote(words.Word);
        }
        layer.Back = back;
        return Fault.None;
    }

    /// <summary>Reads kernel=, stride= and pad= and sets the output's rows and columns.</summary>
    private Fault Window(Layer layer, ReadOnlySpan<byte> example)
    {
        const int kernel = 0, stride = 1, pad = 2;
        int seen = 0;
        Geometry g = default;
        while (words.Next())
        {
            int option = words.Option("kernel stride pad"u8, out ReadOnlySpan<byte> value);
            if (option < 0) return WrongWord("unknown option\n"u8 + "known are kernel=, stride= and pad="u8);
            if ((seen & 1 << option) != 0) return Fault.AtLine(line, "the same option twice"u8).WithQuote(words.Word);
            seen |= 1 << option;
            // Geometry has rows and columns of each, in this order.
            ref int rows = ref Unsafe.Add(ref g.KernelRows, 2 * option);
            int numbers = LineWords.Numbers(value, option == pad ? 0 : 1, MaxWindow, ref rows, 2);
            if (numbers == 0) return WrongWord("not a size\n"u8 + "write N or ROWSxCOLUMNS: kernel=5 or kernel=3x5"u8);
            if (numbers == 1) Unsafe.Add(ref rows, 1) = rows;
        }
        if ((seen & 1 << kernel) == 0) return WrongLine("the kernel size is missing"u8).WithHint(example);
        if ((seen & 1 << stride) == 0)
        {
            g.StrideRows = layer.Kind == LayerKind.Convolution ? 1 : g.KernelRows;
            g.StrideColumns = layer.Kind == LayerKind.Convolution ? 1 : g.KernelColumns;
        }
        layer.Window = g;
        layer.Output.Rows = g.OutputRows(shape.Rows);
        layer.Output.Columns = g.OutputColumns(shape.Columns);
        if (layer.Output.Rows >= 1 && layer.Output.Columns >= 1) return Fault.None;
        return WrongSizes("a kernel of "u8, new Shape(g.KernelRows, g.KernelColumns, 0),
            " is larger than the padded input of "u8,
            new Shape(shape.Rows + 2 * g.PadRows, shape.Columns + 2 * g.PadColumns, 0))
            .WithHint("make the kernel smaller or add padding"u8);
    }

    private Fault Loss()
    {
        if (!hasInput) return Wrong("a loss before the input"u8).WithHint(BeginHint);
        if (hasLoss) return Wrong("a second loss\n"u8 + "a description has one loss, after its layers"u8);
        if (!words.Next()) return WrongLine("loss needs a name\n"u8 + "softmax-cross-entropy or squared-error"u8);
        int loss = WordList.IndexOf("softmax-cross-entropy squared-error"u8, words.Word);
        if (loss < 0) return WrongWord("unknown loss\n"u8 + "known are softmax-cross-entropy and squared-error"u8);
        network.Loss = (LossKind)loss;
        network.LossLine = line;
        if (words.Next())
        {
            bool isSmoothed = words.Option("smoothing"u8, out ReadOnlySpan<byte> value) == 0;
            if (!isSmoothed || network.Loss != LossKind.SoftmaxCrossEntropy) return Unexpected();
            if (!LineWords.TryDecimal(value, out network.Smoothing) || network.Smoothing > 1)
                return WrongWord("not a share\n"u8 + "0 to 1: loss softmax-cross-entropy smoothing=0.1"u8);
            if (words.Next()) return Unexpected();
        }
        if (network.LayerCount == 0)
            return Wrong("a network without layers\n"u8 +
                "add at least \"flatten\" and \"dense 10\" before the loss"u8);
        if (!isFlat || shape.Size < 2 || shape.Size > NetworkDescription.MaxClasses)
        {
            return WrongSizes("the last output is "u8, shape, ", not one number for each of 2 to 256 classes"u8, default).WithHint(
                isFlat
                    ? "end with a line such as \"dense 10\""u8
                    : "end with lines such as \"flatten\" and \"dense 10\""u8);
        }
        network.Classes = shape.Size;
        hasLoss = true;
        return Fault.None;
    }

    private Fault ReadRecipe()
    {
        if (hasRecipe) return Fault.AtLine(line, "a second recipe"u8);
        hasRecipe = true;
        bool hasMomentum = false;
        ref Recipe recipe = ref network.Recipe;
        while (words.Next())
        {
            bool ok;
            switch (words.Option("epochs batch rate decay momentum optimizer schedule shift"u8, out ReadOnlySpan<byte> value))
            {
                case 0: ok = LineWords.Numbers(value, 1, 1 << 20, ref recipe.Epochs, 1) > 0; break;
                case 1: ok = LineWords.Numbers(value, 1, MaxSize, ref recipe.Batch, 1) > 0; break;
                case 2: ok = LineWords.TryDecimal(value, out recipe.LearningRate); break;
                case 3: ok = LineWords.TryDecimal(value, out recipe.WeightDecay); break;
                case 4:
                    ok = LineWords.TryDecimal(value, out recipe.Momentum) && recipe.Momentum < 1;
                    hasMomentum = true;
                    break;
                case 5:
                    // By number of OptimizerKind; momentum is plain SGD with some.
                    int optimizer = WordList.IndexOf("sgd nesterov adam momentum"u8, value);
                    ok = optimizer >= 0;
                    recipe.Optimizer = optimizer == 3 ? OptimizerKind.Sgd : (OptimizerKind)optimizer;
                    if (!hasMomentum && optimizer == 0) recipe.Momentum = 0;
                    break;
                case 6:
                    int schedule = WordList.IndexOf("constant one-cycle"u8, value);
                    ok = schedule >= 0;
                    recipe.Schedule = (ScheduleKind)schedule;
                    break;
                case 7: ok = LineWords.Numbers(value, 0, Recipe.MostShift, ref recipe.Shift, 1) > 0; break;
                default:
                    return WrongWord("unknown option\n"u8 +
                        "known are epochs=, batch=, optimizer=, rate=, momentum=, decay=, schedule= and shift="u8);
            }
            if (!ok)
            {
                return WrongWord("not a value of this option\n"u8 +
                    "for example: recipe epochs=5 batch=64 optimizer=nesterov rate=0.05 momentum=0.9 decay=0.0005 "u8 +
                    "schedule=one-cycle"u8);
            }
        }
        return Fault.None;
    }

    private Fault Finish()
    {
        line++;
        if (!hasInput) return Wrong("the input line is missing"u8).WithHint(BeginHint);
        if (!hasLoss)
            return Wrong("the loss line is missing\n"u8 +
                "end with \"loss softmax-cross-entropy\" or \"loss squared-error\""u8);
        return Fault.None;
    }

    /// <summary>Appends a layer and gives its parameters their place in the flat array.</summary>
    private void Place(Layer layer)
    {
        int offset = network.FlatParameters;
        layer.WeightOffset = offset;
        offset += (layer.WeightCount + Align - 1) / Align * Align;
        layer.BiasOffset = offset;
        offset += (layer.BiasCount + Align - 1) / Align * Align;
        network.FlatParameters = offset;
        network.Layers[network.LayerCount++] = layer;
        shape = layer.Output;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Fault Wrong(ReadOnlySpan<byte> what) =>
        Fault.AtLine(line, what);

    /// <summary>A fault that quotes the word at hand.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Fault WrongWord(ReadOnlySpan<byte> what) =>
        Fault.AtLine(line, what).WithQuote(words.Word);

    /// <summary>A fault that quotes the line.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Fault WrongLine(ReadOnlySpan<byte> what) =>
        Fault.AtLine(line, what).WithQuote(words.Line);

    /// <summary>A fault whose text is two pieces, each with sizes after it.</summary>
    private readonly Fault WrongSizes(ReadOnlySpan<byte> before, in Shape first, ReadOnlySpan<byte> between,
        in Shape second)
    {
        Utf8Writer what = new Utf8Writer(new byte[160]);
        what.Text(before);
        WriteSizes(ref what, first);
        what.Text(between);
        WriteSizes(ref what, second);
        return Wrong(what.Written);
    }

    /// <summary>A shape's sizes up to the first 0, with an x between each two.</summary>
    private static void WriteSizes(ref Utf8Writer text, in Shape sizes)
    {
        if (sizes.Channels > 0) text.Integer(sizes.Channels);
        if (sizes.Rows > 0) WriteNext(ref text, sizes.Rows);
        if (sizes.Columns > 0) WriteNext(ref text, sizes.Columns);
    }

    private static void WriteNext(ref Utf8Writer text, int size)
    {
        text.Byte((byte)'x');
        text.Integer(size);
    }

    private readonly Fault Unexpected() => WrongWord("unexpected word\n"u8 +
        "write one item a line; # starts a comment"u8);

    private readonly Fault NotANumber(ReadOnlySpan<byte> hint) => WrongWord("not a positive number"u8).WithHint(hint);

    private readonly Fault NeedsImage() =>
        WrongLine("this layer needs rows and columns\n"u8 + "it must come before \"flatten\""u8);

    private readonly Fault TooLarge() => WrongLine("more than 67108864 elements\n"u8 + "make the layer smaller"u8);
}
