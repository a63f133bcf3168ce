using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A parsed and checked network description: the shapes and sizes of every layer. The grammar, one item per line, with
/// # comments (sizes are N or ROWSxCOLUMNS):
/// <code>
/// input 1x28x28
/// conv OUT kernel=SIZE [stride=SIZE] [pad=SIZE]
/// relu | sigmoid | tanh | leakyrelu [slope=0.01] | batchnorm | flatten
/// maxpool kernel=SIZE [stride=SIZE] [pad=SIZE]      stride defaults to kernel
/// avgpool kernel=SIZE [stride=SIZE] [pad=SIZE]
/// shortcut back=K
/// dropout P
/// dense OUT
/// loss softmax-cross-entropy [smoothing=X] | squared-error
/// recipe [epochs=N] [batch=N] [optimizer=sgd|momentum|nesterov|adam|adamw] [rate=X] [momentum=X] [decay=X]
///        [schedule=constant|one-cycle|cosine|step|linear] [warmup=X] [step-epochs=N] [step-factor=X]
///        [clip=X] [ema=X] [class-weights=none|balanced] [shift=N] [rotate=DEGREES] [scale=X]
///        [shear=X] [elastic=ALPHA,SIGMA] [erase=P] [flip=0|1]
/// </code>
/// A text with only the last two lines is a recipe; <see cref="UseRecipe"/> replaces a network's own recipe with it.
/// </summary>
public sealed class NetworkDescription
{
    /// <summary>Maximum layers of a description.</summary>
    public const int MaxLayers = 256;
    /// <summary>Maximum classes: labels are bytes.</summary>
    public const int MaxClasses = 256;

    /// <summary>Shape of one input sample.</summary>
    public Shape Input;
    /// <summary>The layers; only the first <see cref="LayerCount"/> entries are used.</summary>
    public Layer[] Layers;
    /// <summary>Number of layers.</summary>
    public int LayerCount;
    /// <summary>The loss.</summary>
    public LossKind Loss;
    /// <summary>
    /// Label smoothing of softmax and cross-entropy, 0 to 1: the share of the target that is spread over all classes.
    /// </summary>
    public double Smoothing;
    /// <summary>The line of the loss, counted from 1.</summary>
    public int LossLine;
    /// <summary>The line of the recipe; 0 if there is none.</summary>
    public int RecipeLine;
    /// <summary>Elements of the last output: the number of classes.</summary>
    public int Classes;
    /// <summary>The default hyperparameters for training it.</summary>
    public Recipe Recipe;
    /// <summary>A copy of the text it was parsed from.</summary>
    public byte[] Text;
    /// <summary>Floats in the engine's flat parameter array: every tensor padded to a multiple of 16.</summary>
    public int FlatParameters;

    internal NetworkDescription()
    {
    }

    /// <summary>Trainable parameters.</summary>
    public long ParameterCount
    {
        get
        {
            long n = 0;
            for (int i = 0; i < LayerCount; i++) n += Layers[i].ParameterCount;
            return n;
        }
    }

    /// <summary>Multiply-adds of the forward pass of one sample.</summary>
    public long MultiplyAdds
    {
        get
        {
            long n = 0;
            for (int i = 0; i < LayerCount; i++) n += Layers[i].MultiplyAdds;
            return n;
        }
    }

    /// <summary>True if any layer normalizes by the statistics of a batch.</summary>
    public bool HasBatchNormalization
    {
        get
        {
            for (int i = 0; i < LayerCount; i++)
            {
                if (Layers[i].Kind == LayerKind.BatchNormalization) return true;
            }
            return false;
        }
    }

    /// <summary>Shape of the last layer's output.</summary>
    public Shape Output => Layers[LayerCount - 1].Output;

    /// <summary>A line of the text, without its comment and surrounding blanks; empty if there is no such line.</summary>
    /// <param name="number">Counted from 1, like <see cref="Layer.Line"/>.</param>
    public ReadOnlySpan<byte> LineText(int number) => LineOf(Text, number);

    /// <summary>The same of any text.</summary>
    internal static ReadOnlySpan<byte> LineOf(ReadOnlySpan<byte> text, int number) =>
        new LineWords(WordList.At(text, number - 1, (byte)'\n')).Line;

    /// <summary>The first line when it is a comment; otherwise empty.</summary>
    public ReadOnlySpan<byte> FirstComment => CommentOf(Text);

    /// <summary>The first line of a network's or a recipe's text when it is a comment; otherwise empty.</summary>
    public static ReadOnlySpan<byte> CommentOf(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = WordList.At(text, 0, (byte)'\n');
        if (line.IsEmpty || line[0] != '#') return default;
        int start = 1, end = line.Length;
        while (start < end && line[start] <= ' ') start++;
        while (end > start && line[end - 1] <= ' ') end--;
        return line.Slice(start, end - start);
    }

    /// <summary>
    /// Sets the label smoothing and writes it into the line of the loss, so that <see cref="Text"/> describes the same
    /// network; a fault if the loss does not support it.
    /// </summary>
    /// <param name="smoothing">0 to 1; rounded to six decimals.</param>
    public Fault Smooth(double smoothing)
    {
        if (Loss != LossKind.SoftmaxCrossEntropy)
        {
            return Fault.AtLine(LossLine, "this loss has no label smoothing\n"u8 +
                "only softmax-cross-entropy has label smoothing"u8);
        }
        int start = 0;
        for (int line = 1; line < LossLine; line++) start += new ReadOnlySpan<byte>(Text).Slice(start).IndexOf((byte)'\n') + 1;
        int end = start;
        while (end < Text.Length && Text[end] != '#' && Text[end] != '\n') end++;
        byte[] text = new byte[Text.Length + 64];
        Utf8Writer writer = new(text);
        writer.Text(new ReadOnlySpan<byte>(Text, 0, start));
        writer.Text("loss softmax-cross-entropy smoothing="u8);
        int number = writer.Length;
        writer.Fixed(smoothing, 6);
        LineWords.TryDecimal(writer.Written.Slice(number), out Smoothing);
        if (end < Text.Length && Text[end] == '#') writer.Byte((byte)' ');
        writer.Text(new ReadOnlySpan<byte>(Text).Slice(end));
        Text = new byte[writer.Length];
        writer.Written.CopyTo(Text);
        return Fault.None;
    }

    /// <summary>
    /// The same network with another recipe, which replaces the recipe line and, if the recipe has a loss line, the loss line.
    /// </summary>
    /// <param name="recipe">A text with a recipe line, and with a loss line or none.</param>
    /// <param name="description">The network with it; null on a fault, which is about <paramref name="recipe"/>.</param>
    public Fault UseRecipe(ReadOnlySpan<byte> recipe, out NetworkDescription description)
    {
        description = null;
        Fault fault = DescriptionParser.ParseRecipe(recipe, out ReadOnlySpan<byte> loss, out LossKind kind, out ReadOnlySpan<byte> line);
        if (!fault.IsNone) return fault;
        if (!loss.IsEmpty && kind != Loss)
        {
            return Fault.Of(FaultKind.Data, "the recipe's loss is not that of the network,"u8).WithQuote(LineText(LossLine))
                .WithHint("a recipe without a loss line fits every network"u8);
        }
        byte[] text = new byte[Text.Length + loss.Length + line.Length + 3];
        Utf8Writer writer = new(text);
        int number = 1;
        for (int start = 0; start < Text.Length; number++)
        {
            int length = WordList.At(new ReadOnlySpan<byte>(Text).Slice(start), 0, (byte)'\n').Length;
            if (number == LossLine && !loss.IsEmpty) writer.Text(loss);
            else if (number != RecipeLine) writer.Text(new ReadOnlySpan<byte>(Text, start, length));
            start += length + 1;
            if (number != RecipeLine) writer.Byte((byte)'\n');
        }
        writer.Text(line);
        writer.Byte((byte)'\n');
        return Parse(writer.Written, out description);
    }

    /// <summary>
    /// Parses a description. The fault names the line, what is wrong and how to fix it; its texts may quote
    /// <paramref name="text"/>, so they live as long as that does.
    /// </summary>
    /// <param name="text">The description, UTF-8.</param>
    /// <param name="description">The network; null on a fault.</param>
    public static Fault Parse(ReadOnlySpan<byte> text, out NetworkDescription description) =>
        DescriptionParser.Parse(text, out description);

    /// <summary>Checks that images of that shape fit the network's input.</summary>
    public Fault CheckImages(Shape images)
    {
        Shape input = Input;
        if (input.Matches(images)) return Fault.None;
        Utf8Writer what = new(stackalloc byte[160]);
        what.Text("images of "u8);
        Write(ref what, images);
        what.Text(" for a network of "u8);
        Write(ref what, input);
        what.Text(input.Channels != images.Channels ? ": number of channels"u8 : input.Rows != images.Rows ? ": rows"u8 : ": columns"u8);
        return input.Channels != images.Channels ? Fault.Numbers(FaultKind.Data, what.Written, input.Channels, images.Channels)
            : input.Rows != images.Rows ? Fault.Numbers(FaultKind.Data, what.Written, input.Rows, images.Rows)
            : Fault.Numbers(FaultKind.Data, what.Written, input.Columns, images.Columns);
    }

    private static void Write(scoped ref Utf8Writer to, Shape shape)
    {
        to.Integer(shape.Channels);
        to.Byte((byte)'x');
        to.Integer(shape.Rows);
        to.Byte((byte)'x');
        to.Integer(shape.Columns);
    }
}
