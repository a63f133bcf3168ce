using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Reads network descriptions; see <see cref="NetworkDescription"/> for the grammar.</summary>
internal ref struct DescriptionParser
{
    /// <summary>Largest number that a size may be.</summary>
    private const int MaxSize = 65535;
    /// <summary>Most elements of one sample at any layer, and most parameters of one layer.</summary>
    private const long MaxElements = 1 << 26;
    private const int Align = 16;

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
        if (words.Is("input"u8)) return Input();
        if (words.Is("recipe"u8)) return ReadRecipe();
        if (words.Is("loss"u8)) return Loss();
        if (!TryKind(out LayerKind kind))
        {
            return Fault.AtLine(line, "unknown word"u8).WithQuote(words.Word).WithHint(
                "known are input, conv, relu, sigmoid, tanh, leakyrelu, batchnorm, maxpool, avgpool, shortcut, dropout, flatten, dense, loss, recipe"u8);
        }
        if (!hasInput) return Fault.AtLine(line, "a layer before the input"u8).WithHint("begin with a line such as \"input 1x28x28\""u8);
        if (hasLoss) return Fault.AtLine(line, "a layer after the loss"u8).WithQuote(words.Line).WithHint("the loss comes last"u8);
        if (network.LayerCount == NetworkDescription.MaxLayers) return Fault.AtLine(line, "more than 256 layers"u8);
        Layer layer = new Layer { Kind = kind, Index = network.LayerCount, Line = line, Input = shape, Output = shape };
        Fault fault = ReadLayer(layer);
        if (!fault.IsNone) return fault;
        if (words.Next()) return Unexpected();
        Place(layer);
        return Fault.None;
    }

    private bool TryKind(out LayerKind kind)
    {
        kind = LayerKind.Convolution;
        if (words.Is("conv"u8)) return true;
        kind = LayerKind.Relu;
        if (words.Is("relu"u8)) return true;
        kind = LayerKind.Sigmoid;
        if (words.Is("sigmoid"u8)) return true;
        kind = LayerKind.Tanh;
        if (words.Is("tanh"u8)) return true;
        kind = LayerKind.LeakyRelu;
        if (words.Is("leakyrelu"u8)) return true;
        kind = LayerKind.BatchNormalization;
        if (words.Is("batchnorm"u8)) return true;
        kind = LayerKind.MaximumPooling;
        if (words.Is("maxpool"u8)) return true;
        kind = LayerKind.AveragePooling;
        if (words.Is("avgpool"u8)) return true;
        kind = LayerKind.Shortcut;
        if (words.Is("shortcut"u8)) return true;
        kind = LayerKind.Dropout;
        if (words.Is("dropout"u8)) return true;
        kind = LayerKind.Flatten;
        if (words.Is("flatten"u8)) return true;
        kind = LayerKind.Dense;
        return words.Is("dense"u8);
    }

    private Fault Input()
    {
        if (hasInput) return Fault.AtLine(line, "a second input"u8).WithHint("a description has one input line, its first"u8);
        if (!words.Next()) return Missing("input needs a shape"u8, "write channels x rows x columns: input 1x28x28"u8);
        if (!words.TryShape(MaxSize, out shape))
        {
            return Fault.AtLine(line, "not a shape"u8).WithQuote(words.Word).WithHint("write channels x rows x columns: input 1x28x28"u8);
        }
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
                if (!words.Next()) return Missing("dropout needs a probability"u8, "for example: dropout 0.25"u8);
                if (!words.TryDecimal(words.Word, out double p) || p >= 1)
                {
                    return Fault.AtLine(line, "not a probability"u8).WithQuote(words.Word).WithHint("0 or more and below 1: dropout 0.25"u8);
                }
                layer.DropProbability = (float)p;
                return Fault.None;
            case LayerKind.LeakyRelu:
                layer.Slope = 0.01f;
                if (!words.Next()) return Fault.None;
                if (!words.IsOption("slope"u8, out ReadOnlySpan<byte> slope)) return Unexpected();
                if (!words.TryDecimal(slope, out double s))
                {
                    return Fault.AtLine(line, "not a slope"u8).WithQuote(words.Word).WithHint("0 or more: leakyrelu slope=0.01"u8);
                }
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
        if (!words.Next()) return Missing("conv needs the number of its output channels"u8, "for example: conv 6 kernel=5"u8);
        if (!words.TryCount(words.Word, MaxSize, out int channels)) return NotANumber("for example: conv 6 kernel=5"u8);
        Fault fault = Window(layer, "for example: conv 6 kernel=5"u8);
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
            return Fault.AtLine(line, "padding of more than half the kernel"u8).WithQuote(words.Line).WithHint("pad at most half the kernel size"u8);
        }
        return Fault.None;
    }

    private Fault Dense(Layer layer)
    {
        if (!words.Next()) return Missing("dense needs the number of its outputs"u8, "for example: dense 120"u8);
        if (!words.TryCount(words.Word, 1 << 20, out int outputs)) return NotANumber("for example: dense 120"u8);
        if (!isFlat)
        {
            Utf8Writer what = new Utf8Writer(new byte[80]);
            what.Text("dense "u8);
            what.Integer(outputs);
            what.Text(" after "u8);
            WriteShape(ref what, shape);
            return Fault.AtLine(line, what.Written).WithHint("add \"flatten\" before it"u8);
        }
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
        if (!words.Next() || !words.IsOption("back"u8, out ReadOnlySpan<byte> value))
        {
            return Missing("shortcut needs back=K"u8, "for example: shortcut back=4"u8);
        }
        if (!words.TryCount(value, NetworkDescription.MaxLayers, out int back)) return NotANumber("for example: shortcut back=4"u8);
        if (back < 2)
        {
            return Fault.AtLine(line, "a shortcut over no layer"u8).WithQuote(words.Word).WithHint("back=2 adds the output before the last layer"u8);
        }
        if (back > layer.Index + 1)
        {
            return Fault.AtLine(line, "shortcut from before the input"u8).WithQuote(words.Word).WithHint("back reaches at most to the input"u8);
        }
        int target = layer.Index - back;
        Shape from = target < 0 ? network.Input : network.Layers[target].Output;
        if (!from.Matches(shape))
        {
            Utf8Writer what = new Utf8Writer(new byte[120]);
            what.Text("shortcut from "u8);
            WriteShape(ref what, from);
            what.Text(" to "u8);
            WriteShape(ref what, shape);
            return Fault.AtLine(line, what.Written).WithQuote(words.Word).WithHint("both shapes must be the same"u8);
        }
        layer.Back = back;
        return Fault.None;
    }

    /// <summary>Reads kernel=, stride= and pad= and sets the output's rows and columns.</summary>
    private Fault Window(Layer layer, ReadOnlySpan<byte> example)
    {
        bool hasKernel = false, hasStride = false, hasPad = false;
        Geometry g = default;
        while (words.Next())
        {
            bool ok;
            if (words.IsOption("kernel"u8, out ReadOnlySpan<byte> value))
            {
                if (hasKernel) return Twice();
                ok = words.TryPair(value, 1, MaxSize, out g.KernelRows, out g.KernelColumns);
                hasKernel = true;
            }
            else if (words.IsOption("stride"u8, out value))
            {
                if (hasStride) return Twice();
                ok = words.TryPair(value, 1, MaxSize, out g.StrideRows, out g.StrideColumns);
                hasStride = true;
            }
            else if (words.IsOption("pad"u8, out value))
            {
                if (hasPad) return Twice();
                ok = words.TryPair(value, 0, MaxSize, out g.PadRows, out g.PadColumns);
                hasPad = true;
            }
            else
            {
                return Fault.AtLine(line, "unknown option"u8).WithQuote(words.Word).WithHint("known are kernel=, stride= and pad="u8);
            }
            if (!ok) return Fault.AtLine(line, "not a size"u8).WithQuote(words.Word).WithHint("write N or ROWSxCOLUMNS: kernel=5 or kernel=3x5"u8);
        }
        if (!hasKernel) return Missing("the kernel size is missing"u8, example);
        if (!hasStride)
        {
            g.StrideRows = layer.Kind == LayerKind.Convolution ? 1 : g.KernelRows;
            g.StrideColumns = layer.Kind == LayerKind.Convolution ? 1 : g.KernelColumns;
        }
        layer.Window = g;
        layer.Output.Rows = g.OutputRows(shape.Rows);
        layer.Output.Columns = g.OutputColumns(shape.Columns);
        if (layer.Output.Rows >= 1 && layer.Output.Columns >= 1) return Fault.None;
        Utf8Writer what = new Utf8Writer(new byte[120]);
        what.Text("a kernel of "u8);
        WritePair(ref what, g.KernelRows, g.KernelColumns);
        what.Text(" is larger than the padded input of "u8);
        WritePair(ref what, shape.Rows + 2 * g.PadRows, shape.Columns + 2 * g.PadColumns);
        return Fault.AtLine(line, what.Written).WithHint("make the kernel smaller or add padding"u8);
    }

    private Fault Loss()
    {
        if (!hasInput) return Fault.AtLine(line, "a loss before the input"u8).WithHint("begin with a line such as \"input 1x28x28\""u8);
        if (hasLoss) return Fault.AtLine(line, "a second loss"u8).WithHint("a description has one loss, after its layers"u8);
        if (!words.Next()) return Missing("loss needs a name"u8, "softmax-cross-entropy or squared-error"u8);
        if (words.Is("softmax-cross-entropy"u8)) network.Loss = LossKind.SoftmaxCrossEntropy;
        else if (words.Is("squared-error"u8)) network.Loss = LossKind.SquaredError;
        else return Fault.AtLine(line, "unknown loss"u8).WithQuote(words.Word).WithHint("known are softmax-cross-entropy and squared-error"u8);
        if (words.Next()) return Unexpected();
        if (network.LayerCount == 0) return Fault.AtLine(line, "a network without layers"u8).WithHint("add at least \"flatten\" and \"dense 10\" before the loss"u8);
        if (!isFlat || shape.Size < 2 || shape.Size > NetworkDescription.MaxClasses)
        {
            Utf8Writer what = new Utf8Writer(new byte[120]);
            what.Text("the last output is "u8);
            WriteShape(ref what, shape);
            what.Text(", not one number for each of 2 to 256 classes"u8);
            return Fault.AtLine(line, what.Written).WithHint(isFlat ? "end with a line such as \"dense 10\""u8 : "end with lines such as \"flatten\" and \"dense 10\""u8);
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
        while (words.Next())
        {
            bool ok = true;
            if (words.IsOption("epochs"u8, out ReadOnlySpan<byte> value)) ok = words.TryCount(value, 1 << 20, out network.Recipe.Epochs);
            else if (words.IsOption("batch"u8, out value)) ok = words.TryCount(value, MaxSize, out network.Recipe.Batch);
            else if (words.IsOption("rate"u8, out value)) ok = words.TryDecimal(value, out network.Recipe.LearningRate);
            else if (words.IsOption("decay"u8, out value)) ok = words.TryDecimal(value, out network.Recipe.WeightDecay);
            else if (words.IsOption("momentum"u8, out value))
            {
                ok = words.TryDecimal(value, out network.Recipe.Momentum) && network.Recipe.Momentum < 1;
                hasMomentum = true;
            }
            else if (words.IsOption("optimizer"u8, out value))
            {
                if (value.SequenceEqual("sgd"u8) || value.SequenceEqual("momentum"u8))
                {
                    network.Recipe.Optimizer = OptimizerKind.Sgd;
                    if (!hasMomentum && value.Length == 3) network.Recipe.Momentum = 0;
                }
                else if (value.SequenceEqual("nesterov"u8)) network.Recipe.Optimizer = OptimizerKind.Nesterov;
                else if (value.SequenceEqual("adam"u8)) network.Recipe.Optimizer = OptimizerKind.Adam;
                else ok = false;
            }
            else if (words.IsOption("schedule"u8, out value))
            {
                if (value.SequenceEqual("constant"u8)) network.Recipe.Schedule = ScheduleKind.Constant;
                else if (value.SequenceEqual("one-cycle"u8)) network.Recipe.Schedule = ScheduleKind.OneCycle;
                else ok = false;
            }
            else
            {
                return Fault.AtLine(line, "unknown option"u8).WithQuote(words.Word).WithHint("known are epochs=, batch=, optimizer=, rate=, momentum=, decay= and schedule="u8);
            }
            if (!ok)
            {
                return Fault.AtLine(line, "not a value of this option"u8).WithQuote(words.Word).WithHint(
                    "for example: recipe epochs=5 batch=64 optimizer=nesterov rate=0.05 momentum=0.9 decay=0.0005 schedule=one-cycle"u8);
            }
        }
        return Fault.None;
    }

    private Fault Finish()
    {
        if (!hasInput) return Fault.AtLine(line + 1, "the input line is missing"u8).WithHint("begin with a line such as \"input 1x28x28\""u8);
        if (!hasLoss) return Fault.AtLine(line + 1, "the loss line is missing"u8).WithHint("end with \"loss softmax-cross-entropy\" or \"loss squared-error\""u8);
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

    private Fault Unexpected() =>
        Fault.AtLine(line, "unexpected word"u8).WithQuote(words.Word).WithHint("write one item a line; # starts a comment"u8);

    private Fault Twice() => Fault.AtLine(line, "the same option twice"u8).WithQuote(words.Word);

    private Fault Missing(ReadOnlySpan<byte> what, ReadOnlySpan<byte> hint) => Fault.AtLine(line, what).WithQuote(words.Line).WithHint(hint);

    private Fault NotANumber(ReadOnlySpan<byte> hint) =>
        Fault.AtLine(line, "not a positive number"u8).WithQuote(words.Word).WithHint(hint);

    private Fault NeedsImage() =>
        Fault.AtLine(line, "this layer needs rows and columns"u8).WithQuote(words.Line).WithHint("it must come before \"flatten\""u8);

    private Fault TooLarge() => Fault.AtLine(line, "more than 67108864 elements"u8).WithQuote(words.Line).WithHint("make the layer smaller"u8);

    private static void WriteShape(ref Utf8Writer text, Shape s)
    {
        text.Integer(s.Channels);
        text.Byte((byte)'x');
        WritePair(ref text, s.Rows, s.Columns);
    }

    private static void WritePair(ref Utf8Writer text, int rows, int columns)
    {
        text.Integer(rows);
        text.Byte((byte)'x');
        text.Integer(columns);
    }
}
