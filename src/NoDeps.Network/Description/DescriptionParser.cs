using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Reads network descriptions; see <see cref="NetworkDescription"/> for the grammar.</summary>
internal ref struct DescriptionParser
{
    /// <summary>Largest size allowed.</summary>
    private const int MaxSize = 65535;
    /// <summary>Largest kernel, stride or padding: with it, the products below fit their types.</summary>
    private const int MaxWindow = 4095;
    /// <summary>
    /// Maximum elements of one sample at any layer, and parameters of one layer; half of the maximum of all parameters.
    /// </summary>
    private const int MaxElements = 1 << 26;
    private const int Align = 16;

    /// <summary>The words that begin a line: layers in the order of <see cref="LayerKind"/>, then the others.</summary>
    private static ReadOnlySpan<byte> FirstWords =>
        "conv relu sigmoid tanh leakyrelu batchnorm maxpool avgpool shortcut dropout flatten dense input recipe loss"u8;
    private const int InputWord = (int)LayerKind.Dense + 1;
    private const int RecipeWord = InputWord + 1;
    private const int LossWord = RecipeWord + 1;

    private static ReadOnlySpan<byte> LossNames => "softmax-cross-entropy squared-error"u8;
    private static ReadOnlySpan<byte> RecipeOptions => "epochs batch rate decay momentum optimizer schedule shift "u8 +
        "warmup step-epochs step-factor clip ema class-weights rotate scale shear elastic erase flip"u8;
    /// <summary>The valid values of each of these options.</summary>
    private static ReadOnlySpan<byte> RecipeValues =>
        "write a whole number from 1 to 1048576, as in \"epochs=5\"|write a whole number from 1 to 65535, as in \"batch=64\"|"u8 +
        "write 0 or more, as in \"rate=0.05\"|write 0 or more, as in \"decay=0.0005\"|"u8 +
        "write 0 or more and below 1, as in \"momentum=0.9\"|write sgd, momentum, nesterov, adam or adamw|"u8 +
        "write constant, one-cycle, cosine, step or linear|write a whole number from 0 to 255 pixels, as in \"shift=2\"|"u8 +
        "write epochs, 0 or more, as in \"warmup=0.5\"|write a whole number of epochs from 1 to 1048576, as in \"step-epochs=10\"|"u8 +
        "write a number above 0 and at most 1, as in \"step-factor=0.1\"|write 0 or more, as in \"clip=1\"|"u8 +
        "write 0 or more and below 1, as in \"ema=0.999\"|write none or balanced|write degrees from 0 to 180, as in \"rotate=12\"|"u8 +
        "write 0 to 0.9, as in \"scale=0.12\"|write 0 to 1, as in \"shear=0.15\"|"u8 +
        "write pixels and their standard deviation, as in \"elastic=34,4\"|write a probability, as in \"erase=0.25\"|write 0 or 1"u8;
    private static ReadOnlySpan<byte> ShapeHint => "write channels x rows x columns, as in \"input 1x28x28\""u8;
    private static ReadOnlySpan<byte> BeginHint => "begin with a line such as \"input 1x28x28\""u8;
    private static ReadOnlySpan<byte> ConvolutionExample => "for example \"conv 6 kernel=5\""u8;

    private LineWords _words;
    private NetworkDescription _network;
    private Shape _shape;
    /// <summary>The current line, and the lines of items that may appear only once; 0 while not seen.</summary>
    private int _line, _inputLine, _lossLine, _recipeLine, _flattenLine;

    /// <summary>True if the text is that of a recipe alone.</summary>
    private bool _isRecipe;

    private readonly bool IsFlat => _flattenLine > 0;

    public static Fault Parse(ReadOnlySpan<byte> text, out NetworkDescription description)
    {
        DescriptionParser parser = default;
        description = null;
        parser._network = new NetworkDescription { Layers = new Layer[NetworkDescription.MaxLayers], Recipe = Recipe.Default };
        Fault fault = parser.Lines(text);
        if (fault.IsNone) fault = parser.Finish();
        if (!fault.IsNone) return fault;
        parser._network.Text = new byte[text.Length];
        text.CopyTo(parser._network.Text);
        description = parser._network;
        return Fault.None;
    }

    /// <summary>Reads a text that has only the line of a recipe and, perhaps, that of a loss.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="loss">The line of the loss, without a comment; empty if there is none.</param>
    /// <param name="kind">That loss.</param>
    /// <param name="recipe">The line of the recipe, without a comment.</param>
    public static Fault ParseRecipe(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> loss, out LossKind kind, out ReadOnlySpan<byte> recipe)
    {
        DescriptionParser parser = default;
        parser._isRecipe = true;
        parser._network = new NetworkDescription { Recipe = Recipe.Default };
        Fault fault = parser.Lines(text);
        if (fault.IsNone && parser._recipeLine == 0)
        {
            parser._line++;
            fault = parser.Wrong("the recipe line is missing\n"u8 + "write a line such as \"recipe epochs=20 batch=64 rate=0.05\""u8);
        }
        loss = NetworkDescription.LineOf(text, parser._lossLine);
        kind = parser._network.Loss;
        recipe = NetworkDescription.LineOf(text, parser._recipeLine);
        return fault;
    }

    private Fault Lines(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && text[end] != '\n') end++;
            _line++;
            _words = new LineWords(text.Slice(at, end - at));
            Fault fault = CheckBytes(text.Slice(at, end - at));
            at = end + 1;
            if (fault.IsNone) fault = Line();
            if (!fault.IsNone) return fault;
        }
        return Fault.None;
    }

    /// <summary>
    /// The text goes into model files, which are UTF-8, and to terminals, which would obey control characters, those of one byte and
    /// those from U+0080 to U+009F.
    /// </summary>
    private readonly Fault CheckBytes(ReadOnlySpan<byte> line)
    {
        int valid = (int)Utf8ValidLength.Of(line);
        for (int i = 0; i < valid; i++)
        {
            bool isControl = line[i] < ' ' && line[i] != '\t' && line[i] != '\r' || line[i] == 0x7F ||
                line[i] == 0xC2 && line[i + 1] < 0xA0;
            if (isControl) return Wrong(Column("a control character in column "u8, i)).WithHint("remove it"u8);
        }
        return valid == line.Length ? Fault.None
            : Wrong(Column("not UTF-8 text in column "u8, valid)).WithHint("save the file in the encoding UTF-8"u8);
    }

    private static ReadOnlySpan<byte> Column(ReadOnlySpan<byte> what, int index)
    {
        Utf8Writer text = new(new byte[80]);
        text.Text(what);
        text.Integer(index + 1);
        return text.Written;
    }

    private Fault Line()
    {
        if (!_words.Next()) return Fault.None;
        int first = WordList.IndexOf(FirstWords, _words.Word);
        if (_isRecipe && first < RecipeWord)
            return WrongWord("unexpected word in a recipe\n"u8 + "a recipe has a line \"recipe ...\" and, perhaps, a line \"loss ...\""u8);
        if (first == InputWord) return Input();
        if (first == RecipeWord) return ReadRecipe();
        if (first == LossWord) return Loss();
        if (first < 0)
        {
            return WrongWord("unknown word"u8).WithHint(NearestWords.Advice(FirstWords, _words.Word, default));
        }
        if (_inputLine == 0) return WrongLine("a layer before the input"u8).WithHint(BeginHint);
        if (_lossLine > 0) return WrongLine("a layer after the loss"u8).WithHint(Numbered("put it before line "u8, _lossLine));
        if (_network.LayerCount == NetworkDescription.MaxLayers)
            return WrongLine("more than 256 layers\n"u8 + "a network has at most 256"u8);
        Layer layer = new Layer { Kind = (LayerKind)first, Index = _network.LayerCount, Line = _line };
        layer.Input = layer.Output = _shape;
        Fault fault = ReadLayer(layer);
        if (!fault.IsNone) return fault;
        if (_words.Next()) return Unexpected();
        if (_network.FlatParameters > MaxElements) return TooLarge();
        Place(layer);
        return Fault.None;
    }

    private Fault Input()
    {
        if (_inputLine > 0) return WrongLine("a second input"u8).WithHint(Numbered("remove it, or line "u8, _inputLine));
        if (!_words.Next()) return WrongLine("input needs a shape"u8).WithHint(ShapeHint);
        if (LineWords.Numbers(_words.Word, 1, MaxSize, ref _shape.Channels, 3) != 3)
            return WrongWord("not a shape of three numbers from 1 to 65535"u8).WithHint(ShapeHint);
        if ((long)_shape.Channels * _shape.Rows * _shape.Columns > MaxElements) return TooLarge();
        if (_words.Next()) return Unexpected();
        _network.Input = _shape;
        _inputLine = _line;
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
                if (!_words.Next()) return WrongLine("the probability is missing\n"u8 + "for example \"dropout 0.25\""u8);
                if (!LineWords.TryDecimal(_words.Word, out double p) || (float)p >= 1)
                    return WrongWord("not a probability\n"u8 + "write 0 or more and below 1, as in \"dropout 0.25\""u8);
                layer.DropProbability = (float)p;
                return Fault.None;
            case LayerKind.LeakyRelu:
                layer.Slope = 0.01f;
                if (!_words.Next()) return Fault.None;
                if (_words.Option("slope"u8, out ReadOnlySpan<byte> slope) < 0) return UnknownOption("slope"u8);
                if (!LineWords.TryDecimal(slope, out double s))
                    return WrongWord("not a slope\n"u8 + "write 0 or more, as in \"leakyrelu slope=0.01\""u8);
                layer.Slope = (float)s;
                return Fault.None;
            case LayerKind.BatchNormalization:
                layer.WeightCount = _shape.Channels;
                layer.BiasCount = _shape.Channels;
                return Fault.None;
            case LayerKind.Flatten:
                layer.Output = new Shape(_shape.Size, 1, 1);
                _flattenLine = _line;
                return Fault.None;
            default:
                return Fault.None;
        }
    }

    private Fault Convolution(Layer layer)
    {
        if (IsFlat) return NeedsImage();
        if (!_words.Next()) return WrongLine("the number of output channels is missing"u8).WithHint(ConvolutionExample);
        int channels = 0;
        if (LineWords.Numbers(_words.Word, 1, MaxSize, ref channels, 1) == 0)
            return WrongWord("not a number of output channels from 1 to 65535"u8).WithHint(ConvolutionExample);
        Fault fault = Window(layer, ConvolutionExample);
        if (!fault.IsNone) return fault;
        layer.Output.Channels = channels;
        long kernel = (long)layer.Window.KernelRows * layer.Window.KernelColumns * _shape.Channels;
        long weights = kernel * channels;
        if (weights > MaxElements || (long)channels * layer.Output.Plane > MaxElements) return TooLarge();
        layer.WeightCount = (int)weights;
        layer.BiasCount = channels;
        layer.MultiplyAdds = weights * layer.Output.Plane;
        return Fault.None;
    }

    private Fault Pooling(Layer layer)
    {
        if (IsFlat) return NeedsImage();
        Fault fault = Window(layer, layer.Kind == LayerKind.MaximumPooling
            ? "for example \"maxpool kernel=2\""u8
            : "for example \"avgpool kernel=2\""u8);
        if (!fault.IsNone) return fault;
        // Otherwise a window may lie entirely in the padding, and has no maximum.
        ref Geometry g = ref layer.Window;
        if (2 * g.PadRows <= g.KernelRows && 2 * g.PadColumns <= g.KernelColumns) return Fault.None;
        return WrongSizes("padding of "u8, Sizes(g.PadRows, g.PadColumns), " is more than half the kernel of "u8,
            Sizes(g.KernelRows, g.KernelColumns))
            .WithHint(Advice("pad="u8, Sizes(g.KernelRows / 2, g.KernelColumns / 2), " is the maximum"u8));
    }

    private Fault Dense(Layer layer)
    {
        if (!_words.Next()) return WrongLine("the number of outputs is missing\n"u8 + "for example \"dense 120\""u8);
        int outputs = 0;
        if (LineWords.Numbers(_words.Word, 1, 1 << 20, ref outputs, 1) == 0)
            return WrongWord("not a number of outputs from 1 to 1048576\n"u8 + "for example \"dense 120\""u8);
        if (!IsFlat)
            return WrongSizes("dense "u8, new Shape(outputs, 0, 0), " after "u8, _shape)
                .WithHint("add \"flatten\" before it"u8);
        layer.Output = new Shape(outputs, 1, 1);
        long weights = (long)outputs * _shape.Size;
        if (weights > MaxElements) return TooLarge();
        layer.WeightCount = (int)weights;
        layer.BiasCount = outputs;
        layer.MultiplyAdds = weights;
        return Fault.None;
    }

    private Fault Shortcut(Layer layer)
    {
        ReadOnlySpan<byte> example = "for example \"shortcut back=4\""u8;
        if (!_words.Next()) return WrongLine("the earlier layer is missing"u8).WithHint(example);
        if (_words.Option("back"u8, out ReadOnlySpan<byte> value) < 0) return UnknownOption("back"u8);
        int back = 0;
        if (LineWords.Numbers(value, 0, NetworkDescription.MaxLayers, ref back, 1) == 0)
            return WrongWord("not a number of layers"u8).WithHint(example);
        if (back < 2) return WrongWord("a shortcut must skip at least one layer\n"u8 +
            "back=2 adds what came before the last layer"u8);
        if (back > layer.Index + 1)
        {
            if (layer.Index == 0) return WrongWord("a shortcut must skip at least one layer\n"u8 + "put it after a layer or more"u8);
            return WrongWord("shortcut from before the input"u8)
                .WithHint(Advice("back="u8, new Shape(layer.Index + 1, 0, 0), " comes from the input itself"u8));
        }
        Shape from = ShapeBefore(layer.Index, back);
        if (!from.Matches(_shape))
        {
            int same = 2;
            while (same <= layer.Index + 1 && !ShapeBefore(layer.Index, same).Matches(_shape)) same++;
            return WrongSizes("shortcut from "u8, from, " to "u8, _shape).WithQuote(_words.Word).WithHint(
                same <= layer.Index + 1
                    ? Advice("both shapes must be the same, as with back="u8, new Shape(same, 0, 0), default)
                    : "both shapes must be the same, and no earlier output has this one"u8);
        }
        layer.Back = back;
        return Fault.None;
    }

    /// <summary>What a shortcut at the position of layer <paramref name="index"/> would add.</summary>
    private readonly Shape ShapeBefore(int index, int back) =>
        index < back ? _network.Input : _network.Layers[index - back].Output;

    /// <summary>Reads kernel=, stride= and pad= and sets the output's rows and columns.</summary>
    private Fault Window(Layer layer, ReadOnlySpan<byte> example)
    {
        const int kernel = 0, stride = 1, pad = 2;
        int seen = 0;
        Geometry g = default;
        while (_words.Next())
        {
            int option = _words.Option("kernel stride pad"u8, out ReadOnlySpan<byte> value);
            if (option < 0) return UnknownOption("kernel stride pad"u8);
            if ((seen & 1 << option) != 0) return WrongWord("option given twice\n"u8 + "remove one of them"u8);
            seen |= 1 << option;
            // Geometry has rows and columns of each, in this order.
            ref int rows = ref Unsafe.Add(ref g.KernelRows, 2 * option);
            int numbers = LineWords.Numbers(value, option == pad ? 0 : 1, MaxWindow, ref rows, 2);
            if (numbers == 0)
            {
                return WrongWord(option == pad ? "not a size from 0 to 4095"u8 : "not a size from 1 to 4095"u8).WithHint(
                    option == kernel ? "write kernel=5, or kernel=3x5 for rows x columns"u8 :
                    option == stride ? "write stride=2, or stride=2x1 for rows x columns"u8 :
                    "write pad=1, or pad=1x2 for rows x columns"u8);
            }
            if (numbers == 1) Unsafe.Add(ref rows, 1) = rows;
        }
        if ((seen & 1 << kernel) == 0) return WrongLine("the kernel size is missing"u8).WithHint(example);
        if ((seen & 1 << stride) == 0)
        {
            g.StrideRows = layer.Kind == LayerKind.Convolution ? 1 : g.KernelRows;
            g.StrideColumns = layer.Kind == LayerKind.Convolution ? 1 : g.KernelColumns;
        }
        layer.Window = g;
        layer.Output.Rows = g.OutputRows(_shape.Rows);
        layer.Output.Columns = g.OutputColumns(_shape.Columns);
        if (layer.Output.Rows >= 1 && layer.Output.Columns >= 1) return Fault.None;
        Shape padded = Sizes(_shape.Rows + 2 * g.PadRows, _shape.Columns + 2 * g.PadColumns);
        return WrongSizes("a kernel of "u8, Sizes(g.KernelRows, g.KernelColumns),
            g.PadRows + g.PadColumns > 0 ? " is larger than the padded input of "u8 : " is larger than the input of "u8, padded)
            .WithHint(Advice("kernel="u8, padded, " is the largest that fits"u8));
    }

    private Fault Loss()
    {
        if (_inputLine == 0 && !_isRecipe) return WrongLine("a loss before the input"u8).WithHint(BeginHint);
        if (_lossLine > 0) return WrongLine("a second loss"u8).WithHint(Numbered("remove it, or line "u8, _lossLine));
        if (!_words.Next()) return WrongLine("the name of the loss is missing\n"u8 + "write softmax-cross-entropy or squared-error"u8);
        int loss = WordList.IndexOf(LossNames, _words.Word);
        if (loss < 0) return WrongWord("unknown loss"u8).WithHint(NearestWords.Advice(LossNames, _words.Word, default));
        _network.Loss = (LossKind)loss;
        _network.LossLine = _line;
        if (_words.Next())
        {
            bool isSmoothed = _words.Option("smoothing"u8, out ReadOnlySpan<byte> value) == 0;
            if (!isSmoothed || _network.Loss != LossKind.SoftmaxCrossEntropy) return Unexpected();
            if (!LineWords.TryDecimal(value, out _network.Smoothing) || _network.Smoothing > 1)
                return WrongWord("not a number from 0 to 1\n"u8 + "for example \"loss softmax-cross-entropy smoothing=0.1\""u8);
            if (_words.Next()) return Unexpected();
        }
        _lossLine = _line;
        if (_isRecipe) return Fault.None;
        if (_network.LayerCount == 0)
            return WrongLine("a network without layers\n"u8 +
                "add at least \"flatten\" and \"dense 10\" before the loss"u8);
        if (!IsFlat || _shape.Size < 2 || _shape.Size > NetworkDescription.MaxClasses)
        {
            return WrongSizes("the last output is "u8, _shape, ", not one number for each of 2 to 256 classes"u8, default).WithHint(
                IsFlat
                    ? "end with a line such as \"dense 10\""u8
                    : "end with lines such as \"flatten\" and \"dense 10\""u8);
        }
        _network.Classes = _shape.Size;
        return Fault.None;
    }

    private Fault ReadRecipe()
    {
        if (_recipeLine > 0) return WrongLine("a second recipe"u8).WithHint(Numbered("remove it, or line "u8, _recipeLine));
        _network.RecipeLine = _recipeLine = _line;
        bool hasMomentum = false;
        int seen = 0;
        ref Recipe recipe = ref _network.Recipe;
        while (_words.Next())
        {
            bool ok;
            int option = _words.Option(RecipeOptions, out ReadOnlySpan<byte> value);
            switch (option)
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
                    // In the order of OptimizerKind; "momentum" is plain SGD with a momentum.
                    int optimizer = WordList.IndexOf("sgd nesterov adam adamw momentum"u8, value);
                    ok = optimizer >= 0;
                    recipe.Optimizer = optimizer == 4 ? OptimizerKind.Sgd : (OptimizerKind)optimizer;
                    if (!hasMomentum && optimizer == 0) recipe.Momentum = 0;
                    break;
                case 6:
                    int schedule = WordList.IndexOf("constant one-cycle cosine step linear"u8, value);
                    ok = schedule >= 0;
                    recipe.Schedule = (ScheduleKind)schedule;
                    break;
                case 7: ok = LineWords.Numbers(value, 0, Recipe.MaxShift, ref recipe.Shift, 1) > 0; break;
                case 8: ok = LineWords.TryDecimal(value, out recipe.Warmup); break;
                case 9: ok = LineWords.Numbers(value, 1, 1 << 20, ref recipe.StepEpochs, 1) > 0; break;
                case 10:
                    ok = LineWords.TryDecimal(value, out recipe.StepFactor) && recipe.StepFactor > 0 && recipe.StepFactor <= 1;
                    break;
                case 11: ok = LineWords.TryDecimal(value, out recipe.ClipNorm); break;
                case 12: ok = LineWords.TryDecimal(value, out recipe.AverageDecay) && recipe.AverageDecay < 1; break;
                case 13:
                    int weights = WordList.IndexOf("none balanced"u8, value);
                    ok = weights >= 0;
                    recipe.BalancesClasses = weights == 1;
                    break;
                case 14: ok = LineWords.TryDecimal(value, out recipe.Augmentation.Rotate) && recipe.Augmentation.Rotate <= 180; break;
                case 15:
                    ok = LineWords.TryDecimal(value, out recipe.Augmentation.Scale) && recipe.Augmentation.Scale <= Augmentation.MaxScale;
                    break;
                case 16: ok = LineWords.TryDecimal(value, out recipe.Augmentation.Shear) && recipe.Augmentation.Shear <= 1; break;
                case 17: ok = AugmentationText.TryElastic(value, ref recipe.Augmentation); break;
                case 18: ok = LineWords.TryDecimal(value, out recipe.Augmentation.Erase) && recipe.Augmentation.Erase <= 1; break;
                case 19:
                    ok = value.Length == 1 && (value[0] | 1) == '1';
                    recipe.Augmentation.Flip = ok && value[0] == '1';
                    break;
                default:
                    return UnknownOption(RecipeOptions);
            }
            if (!ok) return WrongWord("not a value of this option"u8).WithHint(WordList.At(RecipeValues, option, (byte)'|'));
            if ((seen & 1 << option) != 0) return WrongWord("option given twice\n"u8 + "remove one of them"u8);
            seen |= 1 << option;
        }
        return Fault.None;
    }

    private Fault Finish()
    {
        _line++;
        if (_inputLine == 0) return Wrong("the input line is missing"u8).WithHint(BeginHint);
        if (_lossLine == 0)
            return Wrong("the loss line is missing\n"u8 +
                "end with \"loss softmax-cross-entropy\" or \"loss squared-error\""u8);
        return Fault.None;
    }

    /// <summary>Appends a layer and assigns its parameters their place in the flat array.</summary>
    private void Place(Layer layer)
    {
        int offset = _network.FlatParameters;
        layer.WeightOffset = offset;
        offset += (layer.WeightCount + Align - 1) / Align * Align;
        layer.BiasOffset = offset;
        offset += (layer.BiasCount + Align - 1) / Align * Align;
        _network.FlatParameters = offset;
        _network.Layers[_network.LayerCount++] = layer;
        _shape = layer.Output;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Fault Wrong(ReadOnlySpan<byte> what) =>
        Fault.AtLine(_line, what);

    /// <summary>A fault that quotes the current word.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Fault WrongWord(ReadOnlySpan<byte> what) =>
        Fault.AtLine(_line, what).WithQuote(_words.Word);

    /// <summary>A fault that quotes the line.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Fault WrongLine(ReadOnlySpan<byte> what) =>
        Fault.AtLine(_line, what).WithQuote(_words.Line);

    /// <summary>A fault whose text has two parts, each followed by sizes.</summary>
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

    /// <summary>A shape's sizes up to the first 0, separated by x.</summary>
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

    private static Shape Sizes(int rows, int columns) => new(rows, columns, 0);

    /// <summary>A hint: text, sizes, text.</summary>
    private static ReadOnlySpan<byte> Advice(ReadOnlySpan<byte> before, Shape sizes, ReadOnlySpan<byte> after)
    {
        Utf8Writer advice = new Utf8Writer(new byte[160]);
        advice.Text(before);
        WriteSizes(ref advice, sizes);
        advice.Text(after);
        return advice.Written;
    }

    /// <summary>A hint that ends with a number.</summary>
    private static ReadOnlySpan<byte> Numbered(ReadOnlySpan<byte> before, int number) =>
        Advice(before, new Shape(number, 0, 0), default);

    private readonly Fault UnknownOption(ReadOnlySpan<byte> options)
    {
        if (WordList.IndexOf(FirstWords, _words.Word) >= 0) return Unexpected();
        int equals = _words.Word.IndexOf((byte)'=');
        ReadOnlySpan<byte> name = equals < 0 ? _words.Word : _words.Word.Slice(0, equals);
        return WrongWord("unknown option"u8).WithHint(NearestWords.Advice(options, name, "="u8));
    }

    private readonly Fault Unexpected() => WrongWord("unexpected word"u8).WithHint(
        WordList.IndexOf(FirstWords, _words.Word) >= 0
            ? "put it on a separate line"u8
            : "remove it, or put # before it if it is a comment"u8);

    private readonly Fault NeedsImage() =>
        WrongLine("a layer that needs rows and columns"u8).WithHint(Numbered("put it before the \"flatten\" of line "u8, _flattenLine));

    private readonly Fault TooLarge() =>
        WrongLine("more than 67108864 numbers in an output or in the parameters\n"u8 + "make it smaller"u8);
}
