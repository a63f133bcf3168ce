using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>What a command line says after the command; of the commands' options each has one place here.</summary>
internal unsafe ref struct Options
{
    private const int Unset = -1;
    private const int MostThreads = 1024;
    private const int MostRate = 1000;
    private const int MostSeconds = 3600;

    public ReadOnlySpan<byte> Net = "pedestrian"u8;
    /// <summary>Whether --net was said.</summary>
    public bool HasNet;
    public ReadOnlySpan<byte> Data;
    public ReadOnlySpan<byte> Model;
    public ReadOnlySpan<byte> Out;
    /// <summary>The first word that is no option.</summary>
    public ReadOnlySpan<byte> Word;
    /// <summary>The second one.</summary>
    public ReadOnlySpan<byte> SecondWord;
    /// <summary>Which form of a primitive runs.</summary>
    public ReadOnlySpan<byte> Variant;
    public int WordCount;
    public long Threads = Processors.Count();
    public long Seed = 1;
    public long From;
    /// <summary>How many images to show, 1 where the option takes no number.</summary>
    public long Show;
    public InstructionSet Isa = ProcessorLevel.Best;
    /// <summary>Which form of the layers runs.</summary>
    public KernelForm Kernel;
    /// <summary>Below 0 where nothing was said.</summary>
    public double LabelSmoothing = Unset;
    /// <summary>The largest relative error of a check.</summary>
    public double Tolerance = 1e-4;
    public bool Json;
    public bool All;
    public bool Profile;
    public bool Help;
    private long _epochs;
    private long _batch;
    private double _rate = Unset;
    private double _momentum = Unset;
    private double _weightDecay = Unset;
    private double _mean = Unset;
    private double _deviation = Unset;
    private double _seconds = Unset;
    private long _shift = Unset;
    private int _optimizer = Unset;
    private int _schedule = Unset;

    public Options()
    {
    }

    /// <summary>The names by number of <see cref="Option"/>.</summary>
    public static ReadOnlySpan<byte> Names =>
        "--help -h --net --data --model --out --epochs --batch --lr --momentum --weight-decay --optimizer --schedule "u8 +
        "--seed --threads --isa --json --from --show --mean --deviation --kernel --seconds "u8 +
        "--shift --label-smoothing --tolerance --variant --all --profile"u8;

    /// <summary>In the order of <see cref="OptimizerName"/>, each number that of its place.</summary>
    private static ReadOnlySpan<byte> Optimizers => "sgd momentum nesterov adam"u8;

    private const int PlainSgd = 0;
    private const int Nesterov = 2;
    private const int Adam = 3;

    /// <summary>Reads all that is left of the command line.</summary>
    /// <param name="arguments">After the command.</param>
    /// <param name="taken">A bit for each <see cref="Option"/> that the command takes, beside help.</param>
    /// <param name="mostWords">How many words it takes that are no options.</param>
    /// <param name="options">Takes what they say.</param>
    public static Fault Read(ref Arguments arguments, uint taken, int mostWords, ref Options options)
    {
        while (arguments.TryNext(out ReadOnlySpan<byte> word))
        {
            if (!arguments.IsOption)
            {
                if (options.WordCount == mostWords) return arguments.UnexpectedWord(word);
                if (options.WordCount == 0) options.Word = word;
                else if (options.WordCount == 1) options.SecondWord = word;
                options.WordCount++;
                continue;
            }
            int option = WordList.IndexOf(Names, word);
            options.Help = option == (int)Option.Help || option == (int)Option.ShortHelp;
            if (options.Help) return Fault.None;
            if (option < 0 || (taken >> option & 1) == 0) return arguments.UnknownOption();
            Fault fault = options.Take(ref arguments, (Option)option, (taken >> (int)Option.From & 1) != 0);
            if (!fault.IsNone) return fault;
        }
        return Fault.None;
    }

    /// <summary>
    /// The next word that is no option, of a command line that <see cref="Read"/> found right (and whose --show takes no
    /// number): for commands that take many words, or words whose order says what they are.
    /// </summary>
    public static bool TryNextWord(scoped ref Arguments arguments, out ReadOnlySpan<byte> word)
    {
        while (arguments.TryNext(out word))
        {
            if (!arguments.IsOption) return true;
            if (WordList.IndexOf("--json --show --all"u8, word) < 0) arguments.TakeText(out _);
        }
        return false;
    }

    private Fault Take(scoped ref Arguments arguments, Option option, bool showTakesNumber)
    {
        switch (option)
        {
            case Option.Net:
                HasNet = true;
                return arguments.TakeText(out Net);
            case Option.Data: return arguments.TakeText(out Data);
            case Option.Model: return arguments.TakeText(out Model);
            case Option.Variant: return arguments.TakeText(out Variant);
            case Option.Out: return arguments.TakeText(out Out);
            case Option.Epochs: return arguments.TakeInteger(1, 100_000, out _epochs);
            case Option.Batch: return arguments.TakeInteger(1, 65_536, out _batch);
            case Option.LearningRate: return arguments.TakeNumber(0, MostRate, out _rate);
            case Option.Momentum: return arguments.TakeNumber(0, 1, out _momentum);
            case Option.WeightDecay: return arguments.TakeNumber(0, MostRate, out _weightDecay);
            case Option.Optimizer:
                return arguments.TakeOneOf(Optimizers, "sgd, momentum, nesterov or adam"u8, out _optimizer);
            case Option.Schedule:
                return arguments.TakeOneOf("one-cycle constant"u8, "one-cycle or constant"u8, out _schedule);
            case Option.Seed: return arguments.TakeInteger(0, long.MaxValue, out Seed);
            case Option.Threads: return arguments.TakeInteger(1, MostThreads, out Threads);
            case Option.Isa: return IsaOption.Take(ref arguments, out Isa);
            case Option.Kernel: return KernelOption.Take(ref arguments, out Kernel);
            case Option.Seconds: return arguments.TakeNumber(0, MostSeconds, out _seconds);
            case Option.Tolerance: return arguments.TakeNumber(0, 1, out Tolerance);
            case Option.From: return arguments.TakeInteger(0, int.MaxValue, out From);
            case Option.Mean: return arguments.TakeNumber(0, 1, out _mean);
            case Option.Deviation:
                Fault fault = arguments.TakeNumber(0, 1, out _deviation);
                return fault.IsNone && _deviation == 0 ? arguments.Usage("--deviation must be above 0"u8) : fault;
            case Option.Shift: return arguments.TakeInteger(0, Recipe.MaxShift, out _shift);
            case Option.LabelSmoothing: return arguments.TakeNumber(0, 1, out LabelSmoothing);
            case Option.Show when showTakesNumber: return arguments.TakeInteger(0, int.MaxValue, out Show);
            case Option.Show:
                Show = 1;
                return arguments.CheckNoValue();
            case Option.Profile:
                Profile = true;
                return arguments.CheckNoValue();
            case Option.All:
                All = true;
                return arguments.CheckNoValue();
            default:
                Json = true;
                return arguments.CheckNoValue();
        }
    }

    /// <summary>The batch that was asked for, otherwise <paramref name="usual"/>.</summary>
    public readonly int BatchOr(int usual) => _batch > 0 ? (int)_batch : usual;

    /// <summary>The time that was asked for, otherwise <paramref name="usual"/>.</summary>
    public readonly double SecondsOr(double usual) => _seconds >= 0 ? _seconds : usual;

    /// <summary>The same with another time for each measurement.</summary>
    public readonly Options InSeconds(double seconds)
    {
        Options other = this;
        other._seconds = seconds;
        return other;
    }

    /// <summary>The recipe with what was said in the place of its own.</summary>
    public readonly Recipe Apply(Recipe recipe)
    {
        if (_epochs > 0) recipe.Epochs = (int)_epochs;
        if (_batch > 0) recipe.Batch = (int)_batch;
        if (_optimizer >= 0) SetOptimizer(ref recipe, _optimizer);
        if (_schedule >= 0) recipe.Schedule = _schedule == 0 ? ScheduleKind.OneCycle : ScheduleKind.Constant;
        if (_rate >= 0) recipe.LearningRate = _rate;
        if (_momentum >= 0) recipe.Momentum = _momentum;
        if (_weightDecay >= 0) recipe.WeightDecay = _weightDecay;
        if (_shift >= 0) recipe.Shift = (int)_shift;
        return recipe;
    }

    /// <summary>The normalisation with what was said in the place of its own.</summary>
    public readonly Normalization Apply(Normalization normalization) => new(
        _mean >= 0 ? (float)_mean : normalization.Mean, _deviation >= 0 ? (float)_deviation : normalization.Deviation);

    /// <summary>Another rule has another good learning rate: 0.005 for Adam, and momentum where the name says so.</summary>
    private static void SetOptimizer(ref Recipe recipe, int optimizer)
    {
        const double UsualMomentum = 0.9;
        const double UsualRateOfAdam = 0.005;
        if (optimizer == Adam)
        {
            if (recipe.Optimizer != OptimizerKind.Adam) recipe.LearningRate = UsualRateOfAdam;
            recipe.Optimizer = OptimizerKind.Adam;
            return;
        }
        recipe.Optimizer = optimizer == Nesterov ? OptimizerKind.Nesterov : OptimizerKind.Sgd;
        if (optimizer == PlainSgd) recipe.Momentum = 0;
        else if (recipe.Momentum == 0) recipe.Momentum = UsualMomentum;
    }

    /// <summary>What a recipe's rule is called on the command line.</summary>
    public static ReadOnlySpan<byte> OptimizerName(in Recipe recipe)
    {
        int name = recipe.Momentum == 0 ? PlainSgd : PlainSgd + 1;
        if (recipe.Optimizer == OptimizerKind.Nesterov) name = Nesterov;
        if (recipe.Optimizer == OptimizerKind.Adam) name = Adam;
        return WordList.At(Optimizers, name);
    }
}
