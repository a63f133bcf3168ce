using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Optimizers, schedules, clipping, averages and class weights as a user sets them.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string[] Arguments(string options) => ["train", "--data", Trained.Small.Data, "--epochs", "2", "--out", _folder["m"],
        .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private byte[] Train(string options)
    {
        Nodeps.Succeed(Arguments(options));
        return File.ReadAllBytes(_folder["m"]);
    }

    [Theory]
    [InlineData("--lr 0.00001", "nesterov, one-cycle to 1E-05, weight decay 0.0005")]
    [InlineData("--lr 0.00012 --weight-decay 0.0000015", "nesterov, one-cycle to 0.00012, weight decay 1.5E-06")]
    [InlineData("--optimizer adamw", "adamw, one-cycle to 0.005, weight decay 0.01")]
    [InlineData("--optimizer adam --schedule cosine --warmup 0.5", "adam, cosine from 0.005, warm-up 0.5 epochs, weight decay 0.0005")]
    [InlineData("--schedule step --step-epochs 1 --step-factor 0.5 --optimizer sgd", "sgd, step from 0.1 times 0.5 every 1 epoch, weight")]
    [InlineData("--schedule linear --clip 0.5 --ema 0.9 --class-weights balanced",
        "linear from 0.1, momentum 0.9, weight decay 0.0005, gradients clipped to 0.5, average of weights 0.9, balanced class weights")]
    public void TheHeaderSaysHowItIsTrained(string options, string text)
    {
        ProcessResult result = Nodeps.Succeed(Arguments(options));
        string recipe = Assert.Single(result.OutputLines, line => line.StartsWith("recipe ", StringComparison.Ordinal));
        Assert.Contains(text, recipe, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ema 1", "--ema", "below 1")]
    [InlineData("--ema -0.1", "--ema")]
    [InlineData("--clip -1", "--clip")]
    [InlineData("--clip nan", "--clip")]
    [InlineData("--warmup 2.5", "warm-up", "--warmup")]
    [InlineData("--step-epochs 1", "--step-epochs", "--schedule step")]
    [InlineData("--step-factor 0 --schedule step", "--step-factor")]
    [InlineData("--schedule cyclic", "--schedule", "cosine")]
    [InlineData("--class-weights 3", "--class-weights", "balanced")]
    public void WhatMakesNoSenseIsRefused(string options, params string[] named)
    {
        Nodeps.AssertFault(Nodeps.Run(Arguments(options)), Nodeps.Usage, named);
        Assert.False(File.Exists(_folder["m"]));
    }

    /// <summary>An option and the key of a recipe are the same, and each changes what is learned.</summary>
    [Theory]
    [InlineData("optimizer=adamw rate=0.005 decay=0.01", "--optimizer adamw")]
    [InlineData("schedule=cosine warmup=0.5", "--schedule cosine --warmup 0.5")]
    [InlineData("schedule=linear", "--schedule linear")]
    [InlineData("schedule=step step-epochs=1 step-factor=0.25", "--schedule step --step-epochs 1 --step-factor 0.25")]
    [InlineData("clip=0.1", "--clip 0.1")]
    [InlineData("ema=0.9", "--ema 0.9")]
    public void ARecipesKeyIsAnOption(string keys, string options)
    {
        const string Layers = "input 1x28x28\nconv 4 kernel=5\nrelu\nbatchnorm\nmaxpool kernel=4\nflatten\ndense 10\n"
            + "loss softmax-cross-entropy\n";
        string plain = _folder.Write("plain.net", Layers + "recipe rate=0.05 batch=32\n");
        string rate = keys.Contains("rate=", StringComparison.Ordinal) ? "" : "rate=0.05 ";
        string described = _folder.Write("described.net", Layers + $"recipe {rate}batch=32 {keys}\n");
        Assert.Equal(Tensors($"--net {described}"), Tensors($"--net {plain} {options}"));
        Assert.NotEqual(Tensors($"--net {plain} {options}"), Tensors($"--net {plain}"));
    }

    /// <summary>A recipe by name or by file is the same as its values as options; an option overrides its value.</summary>
    [Theory]
    [InlineData("", "--label-smoothing 0.05")]
    [InlineData("--lr 0.05 --label-smoothing 0.2", "--lr 0.05 --label-smoothing 0.2")]
    public void ANamedRecipeIsItsOptions(string over, string options)
    {
        const string Best = "--batch 64 --lr 0.1 --shift 2 --rotate 12 --scale 0.12 --shear 0.15";
        string file = Path.Combine(Repository.Root, "data", "recipes", "best.recipe");
        string[] expected = [.. Best.Split(' ').Chunk(2).Where(pair => !over.Contains(pair[0] + " ")).SelectMany(pair => pair)];
        byte[] tensors = Tensors($"{string.Join(' ', expected)} {options}");
        Assert.Equal(tensors, Tensors($"--recipe best {over}"));
        Assert.Equal(tensors, Tensors($"--recipe {file} {over}"));
    }

    /// <summary>The saved network has the recipe, so a model that starts from it has, too.</summary>
    [Fact]
    public void TheModelKeepsItsRecipe()
    {
        string recipe = _folder.Write("my.recipe", "# mine\n\nrecipe batch=50 rate=0.01 # slowly");
        Train($"--recipe {recipe}");
        Assert.Contains(Nodeps.Succeed("describe", _folder["m"]).OutputLines,
            line => line.StartsWith("recipe    1 epoch, batch 50, nesterov, one-cycle to 0.01", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bset", Nodeps.NoInput, "bset", "best, fashion")]
    [InlineData("", Nodeps.Data, "line 1", "recipe line is missing")]
    [InlineData("recipe rate=0.1\nconv 5 kernel=3\n", Nodeps.Data, "line 2", "conv")]
    [InlineData("recipe rat=0.1\n", Nodeps.Data, "line 1", "rat=0.1", "rate=")]
    [InlineData("recipe rate=0.1\nrecipe rate=0.2\n", Nodeps.Data, "line 2", "second recipe")]
    [InlineData("recipe rate=0.1\nloss squared-error\n", Nodeps.Data, "loss softmax-cross-entropy", "without a loss line")]
    [InlineData("recipe rate=0.1\nloss softmax-cross-entropy smoothing=2\n", Nodeps.Data, "line 2", "smoothing=2")]
    [InlineData("loss softmax-cross-entropy\nloss softmax-cross-entropy\n", Nodeps.Data, "line 2", "second loss")]
    [InlineData("recipe rate=0.1 batch=5 rate=0.2\n", Nodeps.Data, "line 1", "given twice", "rate=0.2")]
    [InlineData("GIF89a\0\xff", Nodeps.Data, "line 1")]
    public void ABadRecipeIsRefused(string text, int exitCode, params string[] named)
    {
        string recipe = text == "bset" ? text : _folder.Write("bad.recipe", text);
        Nodeps.AssertFault(Nodeps.Run(Arguments($"--recipe {recipe}")), exitCode, [Path.GetFileName(recipe), .. named]);
        Assert.False(File.Exists(_folder["m"]));
    }

    /// <summary>Some editors begin a text with a byte order mark, which is no part of it.</summary>
    [Fact]
    public void AByteOrderMarkIsSkipped()
    {
        const string Network = "input 1x28x28\nflatten\ndense 10\nloss softmax-cross-entropy\n", Recipe = "recipe rate=0.01\n";
        string plain = _folder.Write("plain.net", Network), recipe = _folder.Write("plain.recipe", Recipe);
        string marked = _folder.Write("marked.net", "\uFEFF" + Network), markedRecipe = _folder.Write("marked.recipe", "\uFEFF" + Recipe);
        Assert.Equal(Train($"--net {plain} --recipe {recipe}"), Train($"--net {marked} --recipe {markedRecipe}"));
    }

    [Fact]
    public void TheModelDoesNotReplaceTheRecipe()
    {
        string recipe = _folder.Write("my.recipe", "recipe batch=50\n");
        ProcessResult result = Nodeps.Run("train", "--data", Trained.Small.Data, "--recipe", recipe, "--out", recipe);
        Nodeps.AssertFault(result, Nodeps.CannotCreate, "is the recipe");
        Assert.Equal("recipe batch=50\n", File.ReadAllText(recipe));
    }

    private byte[] Tensors(string options)
    {
        byte[] file = Train(options);
        return file[(8 + (int)BitConverter.ToInt64(file))..];
    }

    /// <summary>With everything at once: threads, instruction sets and hosts make no difference.</summary>
    [Theory]
    [InlineData("--optimizer adamw --schedule cosine --warmup 0.5 --clip 0.5 --ema 0.9 --class-weights balanced")]
    [InlineData("--optimizer adamw --ema 0.9 --net lochman --label-smoothing 0.1 --class-weights balanced")]
    [InlineData("--schedule linear --clip 0.2 --net lochman")]
    public void TheBytesDependOnTheRecipeAlone(string options)
    {
        byte[] one = Train(options + " --threads 1 --isa avx2");
        Assert.Equal(one, Train(options + " --threads 2 --isa avx2"));
        Assert.Equal(one, Train(options + " --threads 3"));
        ProcessResult jit = Target.Run("jit", Arguments(options));
        Assert.True(jit.ExitCode == Nodeps.Success, jit.ToString());
        Assert.Equal(one, File.ReadAllBytes(_folder["m"]));
    }

    /// <summary>The accuracies that are printed, and the model that is saved, are the average's.</summary>
    [Fact]
    public void TheAverageIsEvaluatedAndSaved()
    {
        ProcessResult trained = Nodeps.Succeed(Arguments("--ema 0.95 --validation 0.2 --keep last"));
        string held = Regex.Match(trained.Output, @"; validation accuracy [\d.]+% \((\d+/\d+)\)").Groups[1].Value;
        string last = trained.OutputLines.Last(line => line.StartsWith("epoch ", StringComparison.Ordinal));
        Assert.EndsWith($"({held})", last, StringComparison.Ordinal);
        ProcessResult eval = Nodeps.Succeed("eval", "--model", _folder["m"], "--data", Trained.Small.Data);
        Assert.Equal(Nodeps.Accuracy(trained), Nodeps.Accuracy(eval));

        // An average that forgets nearly at once is nearly the weights themselves.
        double[] weights = Weights(""), quick = Weights("--ema 0.0001"), slow = Weights("--ema 0.99");
        double Distance(double[] other) => weights.Zip(other, (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(Distance(quick), 0, 1e-4);
        Assert.InRange(Distance(slow), 1e-2, 100);
    }

    private double[] Weights(string options)
    {
        Train(options);
        var file = new SafetensorsFile(_folder["m"]);
        return [.. file.Tensors.Keys.Where(key => key.EndsWith("weight", StringComparison.Ordinal))
            .SelectMany(key => file.Floats(key)).Select(x => (double)x)];
    }
}
