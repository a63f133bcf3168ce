using System.Text;
using FsCheck.Xunit;
using NoDeps.Network;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// The description parser: every kind of error with its line and its advice, and random descriptions, whole and
/// damaged, against the independent parser of the oracle.
/// </summary>
public class NetworkDescriptionTests
{
    private const string Head = "input 1x28x28\nconv 4 kernel=5\nmaxpool kernel=2\n";
    private const string Tail = "loss softmax-cross-entropy\n";

    /// <summary>text, line, a part of what is said, a part of the advice or of what is quoted.</summary>
    public static IEnumerable<object[]> Errors =>
    [
        [Head + "dense 10\n" + Tail, 4, "12x12", "flatten"],
        [Head + "covn 4 kernel=5\n" + Tail, 4, "", "covn"],
        [Head + "conv kernel=5\n" + Tail, 4, "", ""],
        [Head + "conv 4\n" + Tail, 4, "", "kernel"],
        [Head + "conv 0 kernel=3\n" + Tail, 4, "", ""],
        [Head + "conv 4 kernel=0\n" + Tail, 4, "", ""],
        [Head + "conv 4 kernel=3 stride=0\n" + Tail, 4, "", ""],
        [Head + "conv 4 kernel=13\n" + Tail, 4, "kernel", ""],
        [Head + "conv 4 kernel=3xx3\n" + Tail, 4, "", ""],
        [Head + "conv 4 kernel=-3\n" + Tail, 4, "", ""],
        [Head + "conv 4 kernel=3 dilation=2\n" + Tail, 4, "", "dilation"],
        [Head + "conv 99999999999 kernel=3\n" + Tail, 4, "", ""],
        [Head + "maxpool\n" + Tail, 4, "", "kernel"],
        [Head + "maxpool kernel=13\n" + Tail, 4, "kernel", ""],
        [Head + "maxpool kernel=2 pad=2\n" + Tail, 4, "pad", ""],
        [Head + "shortcut\n" + Tail, 4, "", "back"],
        [Head + "shortcut back=0\n" + Tail, 4, "", ""],
        [Head + "shortcut back=1\n" + Tail, 4, "", ""],
        [Head + "shortcut back=2\n" + Tail, 4, "4x24x24", "4x12x12"],
        [Head + "shortcut back=4\n" + Tail, 4, "", "back=4"],
        [Head + "conv 1 kernel=1 pad=32754\nflatten\ndense 2\n" + Tail, 4, "", ""],
        [Head + "conv 65535 kernel=65535 pad=65535\nflatten\ndense 2\n" + Tail, 4, "", ""],
        ["input 65535x1x1\nconv 65535 kernel=65535 pad=32767\nflatten\ndense 2\n" + Tail, 2, "", ""],
        [Head + "conv 4 kernel=3 kernel=3\n" + Tail, 4, "", "kernel=3"],
        [Head + "flatten\nconv 4 kernel=1\n" + Tail, 5, "", "flatten"],
        [Head + "conv 10 kernel=12\n" + Tail, 5, "10x1x1", "flatten"],
        [Head + "flatten\n" + Tail, 5, "576x1x1", "dense"],
        [Head + "dropout 1\n" + Tail, 4, "", ""],
        [Head + "dropout 0.9999999999\n" + Tail, 4, "", "0.9999999999"],
        [Head + "# a\u001b[31m\n" + Tail, 4, "control character in column 4", ""],
        [Head + "# caf\u00e9 \u009b31m\n" + Tail, 4, "control character in column 9", ""],
        [Head + "conv 4 kernel=3 \u007f\n" + Tail, 4, "control character in column 17", ""],
        [Head + "conv 4\0kernel=3\n" + Tail, 4, "control character in column 7", ""],
        [Head + "dropout\n" + Tail, 4, "", ""],
        [Head + "leakyrelu slope=x\n" + Tail, 4, "", ""],
        [Head + "relu 3\n" + Tail, 4, "", ""],
        [Head + "flatten\ndense 10\nloss cross-entropy\n", 6, "", "cross-entropy"],
        [Head + "flatten\ndense 10\nloss\n", 6, "", ""],
        [Head + "flatten\ndense 10\nloss squared-error smoothing=0.1\n", 6, "", "smoothing=0.1"],
        [Head + "flatten\ndense 10\nloss softmax-cross-entropy smoothing=1.01\n", 6, "", "0 to 1"],
        [Head + "flatten\ndense 10\nloss softmax-cross-entropy smoothing=\n", 6, "", "0 to 1"],
        [Head + "flatten\ndense 10\nloss softmax-cross-entropy smooth=0.1\n", 6, "", "smooth=0.1"],
        [Head + "flatten\ndense 10\nloss softmax-cross-entropy smoothing=0.1 0.2\n", 6, "", "0.2"],
        [Head + "recipe shift=256\n" + Tail, 4, "", "shift=256"],
        [Head + "recipe shift=1.5\n" + Tail, 4, "", "shift=1.5"],
        [Head + "recipe schedule=cosinus\n" + Tail, 4, "", "schedule=cosinus"],
        [Head + "recipe warmup=-1\n" + Tail, 4, "", "warmup=-1"],
        [Head + "recipe step-epochs=0\n" + Tail, 4, "", "step-epochs=0"],
        [Head + "recipe step-factor=0\n" + Tail, 4, "", "step-factor=0"],
        [Head + "recipe step-factor=1.1\n" + Tail, 4, "", "step-factor=1.1"],
        [Head + "recipe clip=no\n" + Tail, 4, "", "clip=no"],
        [Head + "recipe ema=1\n" + Tail, 4, "", "ema=1"],
        [Head + "recipe class-weights=yes\n" + Tail, 4, "", "class-weights=yes"],
        ["conv 4 kernel=5\n" + Tail, 1, "", "input"],
        ["# only\n# comments\n\ninput 28x28\nflatten\n" + Tail, 4, "", "1x28x28"],
        ["input 1x28x0\nflatten\n" + Tail, 1, "", ""],
        [Head + "input 1x28x28\n" + Tail, 4, "", ""],
        [Head + "flatten\ndense 10\n" + Tail + "relu\n", 7, "", "loss"],
    ];

    private static readonly Dictionary<string, LayerKind> Kinds = new()
    {
        ["conv"] = LayerKind.Convolution,
        ["relu"] = LayerKind.Relu,
        ["sigmoid"] = LayerKind.Sigmoid,
        ["tanh"] = LayerKind.Tanh,
        ["leakyrelu"] = LayerKind.LeakyRelu,
        ["batchnorm"] = LayerKind.BatchNormalization,
        ["maxpool"] = LayerKind.MaximumPooling,
        ["avgpool"] = LayerKind.AveragePooling,
        ["shortcut"] = LayerKind.Shortcut,
        ["dropout"] = LayerKind.Dropout,
        ["flatten"] = LayerKind.Flatten,
        ["dense"] = LayerKind.Dense,
    };

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    [Theory, MemberData(nameof(Errors))]
    public void AnErrorNamesItsLineAndWhatWouldBeRight(string text, int line, string what, string advice)
    {
        var fault = NetworkDescription.Parse(Encoding.UTF8.GetBytes(text), out _);
        Assert.False(fault.IsNone, text);
        Assert.True(fault.IsLine);
        string said = $"{Text(fault.What)} | {Text(fault.Quote)} | {Text(fault.Hint)}";
        Assert.Equal(line, fault.Offset);
        Assert.False(fault.What.IsEmpty);
        Assert.False(fault.Hint.IsEmpty && fault.Quote.IsEmpty, said);
        Assert.Contains(what, said);
        Assert.Contains(advice, said);
    }

    /// <summary>The whole sentence, as it is shown after the file's name.</summary>
    [Theory]
    [InlineData(Head + "dense 120\n", "line 4: dense 120 after 4x12x12: add \"flatten\" before it")]
    [InlineData(Head + "covn 4 kernel=5\n", "line 4: unknown word 'covn': did you mean \"conv\"?")]
    [InlineData(Head + "pool kernel=2\n", "line 4: unknown word 'pool': did you mean \"maxpool\" or \"avgpool\"?")]
    [InlineData(Head + "conv 4 kernel=3 relu\n", "line 4: unexpected word 'relu': put it on a separate line")]
    [InlineData(Head + "conv 4 kernal=3\n", "line 4: unknown option 'kernal=3': did you mean \"kernel=\"?")]
    [InlineData(Head + "leakyrelu 0.1\n", "line 4: unknown option '0.1': did you mean \"slope=\"?")]
    [InlineData(Head + "conv 4 kernel=15 pad=1\n",
        "line 4: a kernel of 15x15 is larger than the padded input of 14x14: kernel=14x14 is the largest that fits")]
    [InlineData(Head + "maxpool kernel=3x2 pad=2x1\n",
        "line 4: padding of 2x1 is more than half the kernel of 3x2: pad=1x1 is the maximum")]
    [InlineData(Head + "shortcut back=4\n",
        "line 4: shortcut from before the input 'back=4': back=3 comes from the input itself")]
    [InlineData(Head + "relu\nrelu\nshortcut back=5\n",
        "line 6: shortcut from 1x28x28 to 4x12x12 'back=5': both shapes must be the same, as with back=2")]
    [InlineData(Head + "shortcut back=2\n", "line 4: shortcut from 4x24x24 to 4x12x12 'back=2': both shapes must be the same, "
        + "and no earlier output has this one")]
    [InlineData(Head + "flatten\nconv 4 kernel=1\n",
        "line 5: a layer that needs rows and columns 'conv 4 kernel=1': put it before the \"flatten\" of line 4")]
    [InlineData(Head + "flatten\ndense 10\n" + Tail + "relu\n", "line 7: a layer after the loss 'relu': put it before line 6")]
    [InlineData(Head + "flatten\ndense 10\n",
        "line 6: the loss line is missing: end with \"loss softmax-cross-entropy\" or \"loss squared-error\"")]
    [InlineData(Head + "flatten\ndense 10\nloss cross-entropy\n",
        "line 6: unknown loss 'cross-entropy': did you mean \"softmax-cross-entropy\"?")]
    [InlineData(Head + "input 1x28x28\n", "line 4: a second input 'input 1x28x28': remove it, or line 1")]
    [InlineData("recipe momentum=1\n",
        "line 1: not a value of this option 'momentum=1': write 0 or more and below 1, as in \"momentum=0.9\"")]
    public void TheAdviceIsAboutTheCaseAtHand(string text, string sentence)
    {
        var fault = NetworkDescription.Parse(Encoding.UTF8.GetBytes(text), out _);
        var writer = new NoDeps.Primitives.Utf8Writer(new byte[1000]);
        NoDeps.Primitives.FaultText.Write(ref writer, default, fault);
        Assert.Equal(sentence, Text(writer.Written));
    }

    [Fact]
    public void ALayersLineIsShownWithoutItsComment()
    {
        var description = Descriptions.Read("#  What it is: é \r\ninput 1x4x4\n\n\t flatten # all\r\n dense  10\nloss squared-error");
        Assert.Equal("What it is: é", Text(description.FirstComment));
        Assert.Equal("flatten", Text(description.LineText(description.Layers[0].Line)));
        Assert.Equal("dense  10", Text(description.LineText(description.Layers[1].Line)));
        Assert.Equal("", Text(description.LineText(100)));
        Assert.Equal("", Text(Descriptions.Read("input 1x1x2\nflatten\nloss squared-error\n").FirstComment));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# nothing\n")]
    [InlineData("input 1x28x28\n")]
    [InlineData("input 1x28x28\nflatten\ndense 10\n")]
    public void ATextWithoutInputOrLossSaysSo(string text)
    {
        var fault = NetworkDescription.Parse(Encoding.UTF8.GetBytes(text), out _);
        Assert.False(fault.IsNone);
        Assert.Contains(text.Contains("input") ? "loss" : "input", $"{Text(fault.What)} {Text(fault.Hint)}");
    }

    [Fact]
    public void TheRecipeAndTheLossHaveTheirOptions()
    {
        var description = Descriptions.Read(Head + "flatten\ndense 10\nloss softmax-cross-entropy smoothing=0.15\n"
            + "recipe epochs=7 shift=2\n");
        Assert.Equal(0.15, description.Smoothing);
        Assert.Equal((7, 2), (description.Recipe.Epochs, description.Recipe.Shift));
        Assert.Equal(0, Descriptions.Read(Head + "flatten\ndense 10\n" + Tail).Smoothing);
    }

    [Fact]
    public void ARecipeMayNameEverythingThatOptionsSet()
    {
        var recipe = Descriptions.Read(Head + "flatten\ndense 10\n" + Tail + "recipe optimizer=adamw schedule=step warmup=0.5 "
            + "step-epochs=4 step-factor=0.2 clip=1.5 ema=0.99 class-weights=balanced\n").Recipe;
        Assert.Equal((OptimizerKind.AdamW, ScheduleKind.Step), (recipe.Optimizer, recipe.Schedule));
        Assert.Equal((0.5, 4, 0.2), (recipe.Warmup, recipe.StepEpochs, recipe.StepFactor));
        Assert.Equal((1.5, 0.99, true), (recipe.ClipNorm, recipe.AverageDecay, recipe.BalancesClasses));
        recipe = Descriptions.Read(Head + "flatten\ndense 10\n" + Tail + "recipe optimizer=momentum schedule=linear "
            + "class-weights=none\n").Recipe;
        Assert.Equal((OptimizerKind.Sgd, ScheduleKind.Linear, 0.9), (recipe.Optimizer, recipe.Schedule, recipe.Momentum));
        Assert.Equal((0, 0, 0.1, false), (recipe.ClipNorm, recipe.AverageDecay, recipe.StepFactor, recipe.BalancesClasses));
    }

    /// <summary>Smoothing that is set afterwards is in the text as if it had been written there.</summary>
    [Theory]
    [InlineData("loss softmax-cross-entropy\n", "loss softmax-cross-entropy smoothing=0.200000\n")]
    [InlineData("\t loss  softmax-cross-entropy", "loss softmax-cross-entropy smoothing=0.200000")]
    [InlineData("loss softmax-cross-entropy smoothing=0.1\r\n\n# end\n",
        "loss softmax-cross-entropy smoothing=0.200000\n\n# end\n")]
    [InlineData("loss softmax-cross-entropy# one\nrecipe shift=1\n",
        "loss softmax-cross-entropy smoothing=0.200000 # one\nrecipe shift=1\n")]
    public void SmoothingCanBeSetAfterwards(string before, string after)
    {
        string start = "# loss\n\n" + Head + "flatten\ndense 10\n";
        var description = Descriptions.Read(start + before);
        Assert.True(description.Smooth(0.2).IsNone);
        Assert.Equal(0.2, description.Smoothing);
        Assert.Equal(start + after, Text(description.Text));
        Assert.Equal(0.2, Descriptions.Read(Text(description.Text)).Smoothing);
    }

    /// <summary>A recipe replaces the lines of recipe and loss and nothing else; the text parses to what it says.</summary>
    [Theory]
    [InlineData("loss softmax-cross-entropy\n", "recipe rate=0.3", "loss softmax-cross-entropy\nrecipe rate=0.3\n", 0)]
    [InlineData("recipe rate=1 # one\nloss softmax-cross-entropy smoothing=0.5 # two", "# three\n\trecipe  rate=0.3 # four\n",
        "loss softmax-cross-entropy smoothing=0.5 # two\nrecipe  rate=0.3\n", 0.5)]
    [InlineData("recipe rate=1\nloss softmax-cross-entropy\n# end\n", "recipe rate=0.3\r\nloss softmax-cross-entropy smoothing=0.1",
        "loss softmax-cross-entropy smoothing=0.1\n# end\nrecipe rate=0.3\n", 0.1)]
    public void ARecipeTakesThePlaceOfANetworksOwn(string before, string recipe, string after, double smoothing)
    {
        string start = "# comment\n\n" + Head + "flatten\ndense 10\n";
        Assert.True(Descriptions.Read(start + before).UseRecipe(Encoding.UTF8.GetBytes(recipe), out var changed).IsNone);
        Assert.Equal(start + after, Text(changed.Text));
        Assert.Equal((0.3, smoothing), (changed.Recipe.LearningRate, changed.Smoothing));
        // What the recipe does not set has its usual value, not that of the network.
        Assert.Equal(Recipe.Default.Batch, changed.Recipe.Batch);
    }

    /// <summary>Random texts of recipes, most of them damaged: a fault, or a network that can be saved and read.</summary>
    [Property]
    public void AnyTextIsARecipeOrAFault(int seed)
    {
        var random = new Random(seed);
        string[] words = ["recipe", "loss", "rate=0.1", "epochs=3", "softmax-cross-entropy", "squared-error", "smoothing=0.2", "\n", "#",
            "conv", "input", "\t", "=", "batch=", "\r\n", "shift=2"];
        byte[] text = Encoding.UTF8.GetBytes(string.Join(' ', random.GetItems(words, random.Next(12))));
        var network = Descriptions.Read(Head + "flatten\ndense 10\nloss softmax-cross-entropy\n");
        var fault = network.UseRecipe(text, out var changed);
        Assert.Equal(fault.IsNone, changed is not null);
        if (changed is not null) Assert.Equal(Text(changed.Text), Text(Descriptions.Read(Text(changed.Text)).Text));
    }

    [Fact]
    public void TheBuiltInRecipesFitANetwork()
    {
        for (int i = 0; i < BuiltInRecipes.Count; i++)
        {
            var network = Descriptions.Read(Head + "flatten\ndense 10\nloss softmax-cross-entropy\n");
            Assert.True(network.UseRecipe(BuiltInRecipes.Text(i), out var changed).IsNone);
            Assert.NotEqual(Recipe.Default.Epochs, changed.Recipe.Epochs);
            Assert.NotEmpty(NetworkDescription.CommentOf(BuiltInRecipes.Text(i)).ToArray());
            Assert.True(BuiltInRecipes.TryFind(BuiltInRecipes.Name(i), out var text));
            Assert.True(text.SequenceEqual(BuiltInRecipes.Text(i)));
        }
    }

    /// <summary>A model file is UTF-8, so a description must be, too.</summary>
    [Theory]
    [InlineData("# caf\u00e9", 6)]
    [InlineData("\u00ff", 1)]
    [InlineData("relu \u00c2", 6)]
    public void ALatin1TextIsRefusedByLineAndColumn(string line, int column)
    {
        byte[] text = Encoding.Latin1.GetBytes(Head + line + "\nflatten\ndense 10\n" + Tail);
        var fault = NetworkDescription.Parse(text, out _);
        Assert.Equal((4L, true), (fault.Offset, fault.IsLine));
        Assert.Contains($"UTF-8 text in column {column}", Text(fault.What));
        Assert.True(NetworkDescription.Parse(Encoding.UTF8.GetBytes(Head + "# caf\u00e9\nflatten\ndense 10\n" + Tail), out _).IsNone);
    }

    [Fact]
    public void SquaredErrorHasNoSmoothing()
    {
        var fault = Descriptions.Read(Head + "flatten\ndense 10\nloss squared-error\n").Smooth(0.1);
        Assert.Equal(6, fault.Offset);
        Assert.Contains("softmax", Text(fault.Hint));
    }

    [Fact]
    public void ANetworkTooLargeToCountIsRefusedOrCounted()
    {
        string hidden = string.Concat(Enumerable.Repeat("dense 8192\n", 40));
        string text = "input 1x1x1\nflatten\n" + hidden + "dense 2\n" + Tail;
        var fault = NetworkDescription.Parse(Encoding.UTF8.GetBytes(text), out var description);
        Assert.True(!fault.IsNone || description.FlatParameters >= description.ParameterCount);
    }

    [Fact]
    public void NoiseIsRefusedAndBreaksNothing()
    {
        byte[] alphabet = Encoding.ASCII.GetBytes("input conv x=0123456789.#\n\t\r relu kernel pad -\0\xff");
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            byte[] text = random.GetItems(alphabet, random.Next(200));
            Assert.False(NetworkDescription.Parse(text, out _).IsNone);
            byte[] after = [.. Encoding.ASCII.GetBytes(Head), .. text];
            Assert.False(NetworkDescription.Parse(after, out _).IsNone);
        }
    }

    [Fact]
    public void RandomDescriptionsMeanTheSameToBothParsers()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            string text = RandomDescription.Of(random, RandomDescription.Kinds[seed % RandomDescription.Kinds.Length]);
            Same(Decorated(random, text));
        }
    }

    /// <summary>A damaged text is refused by both or understood alike by both; neither ever breaks down.</summary>
    [Fact]
    public void DamagedDescriptionsAreJudgedAlikeByBothParsers()
    {
        int refused = 0;
        for (int seed = 0; seed < 6000; seed++)
        {
            var random = new Random(seed);
            string text = RandomDescription.Of(random, RandomDescription.Kinds[seed % RandomDescription.Kinds.Length]);
            string damaged = Damaged(random, text);
            bool sound;
            try
            {
                OracleDescription.Parse(damaged);
                sound = true;
            }
            catch (FormatException)
            {
                sound = false;
            }
            var fault = NetworkDescription.Parse(Encoding.UTF8.GetBytes(damaged), out _);
            Assert.True(sound == fault.IsNone, $"seed {seed}: {Text(fault.What)} {fault.Offset}\n{damaged}");
            if (sound)
                Same(damaged);
            else
                refused++;
        }
        Assert.InRange(refused, 1000, 5999);
    }

    /// <summary>Fails unless both parsers read the same layers, shapes and counts.</summary>
    internal static void Same(string text)
    {
        var oracle = OracleDescription.Parse(text);
        var description = Descriptions.Read(text);
        Assert.Equal(oracle.Layers.Count, description.LayerCount);
        for (int i = 0; i < oracle.Layers.Count; i++)
        {
            var layer = description.Layers[i];
            Assert.Equal(Kinds[oracle.Words[i]], layer.Kind);
            Assert.Equal(oracle.Layers[i].Input.ToString(), Descriptions.Text(layer.Input));
            Assert.Equal(oracle.Layers[i].Output.ToString(), Descriptions.Text(layer.Output));
        }
        Assert.Equal(oracle.Layers.SelectMany(l => l.Parameters).Where(p => p.Trainable).Sum(p => p.Value.Length),
            description.ParameterCount);
    }

    /// <summary>The same text with comments, blank lines, tabs and carriage returns where they mean nothing.</summary>
    private static string Decorated(Random random, string text)
    {
        var lines = text.TrimEnd('\n').Split('\n').SelectMany(line => random.Next(8) switch
        {
            0 => new[] { "", line },
            1 => ["  # a comment: conv 3", line],
            2 => [line + " # dense 7"],
            3 => ["  " + line.Replace(" ", "   ") + "  "],
            4 => [line.Replace(' ', '\t')],
            5 => [line + "\r"],
            _ => [line],
        });
        return string.Join('\n', lines) + (random.Next(2) == 0 ? "\n" : "");
    }

    private static string Damaged(Random random, string text)
    {
        var lines = text.TrimEnd('\n').Split('\n').ToList();
        int at = random.Next(lines.Count);
        string[] words = lines[at].Split(' ');
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[random.Next(lines.Count)]);
                break;
            case 2:
                (lines[0], lines[at]) = (lines[at], lines[0]);
                break;
            case 3:
                lines[at] = string.Join(' ', words.Where((_, i) => i != words.Length - 1));
                break;
            case 4:
                lines[at] = lines[at][..random.Next(lines[at].Length)];
                break;
            default:
                int digit = lines[at].IndexOfAny("0123456789".ToCharArray());
                if (digit >= 0)
                    lines[at] = lines[at][..digit] + random.Next(0, 30) + lines[at][(digit + 1)..];
                break;
        }
        return string.Join('\n', lines) + "\n";
    }
}
