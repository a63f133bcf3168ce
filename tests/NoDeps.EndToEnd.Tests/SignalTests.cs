using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Signals: a training that is asked to stop saves a checkpoint and says how to go on; writing to nobody is no death.</summary>
public sealed class SignalTests : IDisposable
{
    private const int HangUp = 1, Interrupt = 2, Terminate = 15, Continue = 18, Stop = 19;
    private const int ManyEpochs = 100_000;

    /// <summary>A script that runs its arguments when the reader of their output has gone.</summary>
    private const string WithoutReader = """{ sleep 0.2; "$@"; echo "exit $?" >&2; } | true""";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);

    /// <summary>Sends a signal; the process may have ended by then.</summary>
    internal static void Kill(int process, int signal) => _ = SendSignal(process, signal);

    private string Model => _folder["m"];

    private string Checkpoint => _folder["m.checkpoint"];

    private string[] Arguments(int epochs, params string[] more) =>
        ["train", "--data", Trained.Small.Data, "--seed", "3", "--epochs", $"{epochs}", "--out", Model, .. more];

    /// <summary>Trains, and calls <paramref name="act"/> once when the first checkpoint shows that training is under way.</summary>
    private ProcessResult Train(int epochs, Action<int> act, string[]? program = null, string[]? more = null)
    {
        bool isDone = false;
        // Who runs the tests with nohup ignores SIGHUP for all that they start.
        program ??= IgnoresHangUp() ? ["env", "--default-signal=HUP", Repository.Binary] : [Repository.Binary];
        return Command.Run(program[0], [.. program[1..], .. Arguments(epochs, more ?? ["--checkpoint", "1"])], _folder.Path,
            watch: process =>
            {
                if (isDone || !File.Exists(Checkpoint)) return;
                act(process.Id);
                isDone = true;
            });
    }

    private static bool IgnoresHangUp()
    {
        string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) & 1) != 0;
    }

    private void AssertInterrupted(ProcessResult result, int signal)
    {
        string sentence = Nodeps.AssertFault(result, 128 + signal, "interrupted in epoch", $"nodeps train --resume {Checkpoint}");
        Assert.Contains("after step", sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(Checkpoint));
        Assert.False(File.Exists(Model));
        Assert.Equal(["m.checkpoint"], _folder.Names);
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    [InlineData(HangUp)]
    public void ASignalSavesACheckpointAndSaysHowToGoOn(int signal) =>
        AssertInterrupted(Train(ManyEpochs, process => Kill(process, signal)), signal);

    [Fact]
    public void InterruptedManyTimesItComesToTheSameBytes()
    {
        const int Epochs = 12, WantedStops = 5;
        var whole = Stopwatch.StartNew();
        Nodeps.Succeed(Arguments(Epochs));
        whole.Stop();
        byte[] model = File.ReadAllBytes(Model);
        var random = new Random(4);
        string[] start = Arguments(Epochs, "--checkpoint", "0"), arguments = start;
        int stops = 0;
        for (int run = 0; run < 1000 && (stops < WantedStops || File.Exists(Checkpoint)); run++)
        {
            if (!File.Exists(Checkpoint))
            {
                if (File.Exists(Model)) Assert.Equal(model, File.ReadAllBytes(Model));
                File.Delete(Model);
                arguments = start;
            }
            // Of this machine's time for the whole, and in the end without a stop, however slow it has become since.
            double milliseconds = stops < 2 * WantedStops ? random.NextDouble() * whole.Elapsed.TotalMilliseconds : double.MaxValue;
            var clock = Stopwatch.StartNew();
            bool isSent = false;
            ProcessResult result = Command.Run(Repository.Binary, arguments, watch: process =>
            {
                if (isSent || clock.Elapsed.TotalMilliseconds < milliseconds) return;
                isSent = true;
                Kill(process.Id, Interrupt);
            });
            Assert.Contains(result.ExitCode, new[] { 0, 128 + Interrupt });
            // Before its first step, it ends as any program does, with nothing to save.
            if (!File.Exists(Checkpoint)) continue;
            if (result.ExitCode != Nodeps.Success) stops++;
            arguments = ["train", "--resume", Checkpoint];
        }
        Assert.InRange(stops, WantedStops, 2 * WantedStops);
        Assert.Equal(model, File.ReadAllBytes(Model));
        Assert.Equal(["m"], _folder.Names);
    }

    /// <summary>Both signals wait for the process to continue: it cannot take a step between them.</summary>
    private static void KillTwice(int process)
    {
        Kill(process, Stop);
        while (!Regex.IsMatch(File.ReadAllText($"/proc/{process}/stat"), @"\) [TZX] [^)]*$")) Thread.Sleep(1);
        Kill(process, Interrupt);
        Kill(process, Terminate);
        Kill(process, Continue);
    }

    private static void AssertEndedAtOnce(ProcessResult result)
    {
        Assert.Contains(result.ExitCode, new[] { 128 + Interrupt, 128 + Terminate });
        Assert.DoesNotContain("interrupted", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondSignalEndsAtOnce() => AssertEndedAtOnce(Train(ManyEpochs, KillTwice));

    /// <summary>A terminal that closes sends SIGHUP twice, systemd sends it after SIGTERM.</summary>
    [Theory]
    [InlineData(HangUp)]
    [InlineData(Terminate)]
    public void ASecondHangUpDoesNot(int first) => AssertInterrupted(Train(ManyEpochs, process =>
    {
        Kill(process, first);
        Thread.Sleep(1);
        Kill(process, HangUp);
    }), first);

    [Fact]
    public void WithNohupAHangUpIsIgnored()
    {
        ProcessResult result = Train(8, process => Kill(process, HangUp),
            ["/bin/sh", "-c", """trap "" HUP; exec "$0" "$@" """, Repository.Binary]);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        Assert.True(File.Exists(Model));
    }

    /// <summary>The first process of a container gets only the signals that it has asked for.</summary>
    [ProcessNamespaceTheory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    [InlineData(HangUp)]
    public void AsTheFirstProcessOfAContainerItStopsAsWell(int signal)
    {
        ProcessResult result = Train(ManyEpochs, unshare => Kill(FirstChild(unshare), signal),
            [.. ProcessNamespaceTheoryAttribute.Prefix!, Repository.Binary]);
        AssertInterrupted(result, signal);
    }

    [ProcessNamespaceFact]
    public void AsTheFirstProcessOfAContainerItEndsAtOnceWithASecondSignal() => AssertEndedAtOnce(
        Train(ManyEpochs, unshare => KillTwice(FirstChild(unshare)), [.. ProcessNamespaceTheoryAttribute.Prefix!, Repository.Binary]));

    private static int FirstChild(int process) =>
        int.Parse(File.ReadAllText($"/proc/{process}/task/{process}/children").Trim(), CultureInfo.InvariantCulture);

    [Fact]
    public void TheJitDoesTheSame() =>
        AssertInterrupted(Train(ManyEpochs, process => Kill(process, Interrupt), ["dotnet", Target.Assembly]), Interrupt);

    [NativeAotTheory]
    [InlineData(Interrupt)]
    [InlineData(HangUp)]
    public void NativeAotDoesTheSame(int signal) =>
        AssertInterrupted(Train(ManyEpochs, process => Kill(process, signal), [Target.NativeAot]), signal);

    [Theory]
    [InlineData("help")]
    [InlineData("--version")]
    [InlineData("describe pedestrian")]
    public void WhereTheReaderHasGoneItEndsQuietly(string words)
    {
        ProcessResult result = Command.Shell(WithoutReader, [Repository.Binary, .. words.Split(' ')]);
        Assert.Equal($"exit {Nodeps.InputOutput}\n", result.Error);
    }

    [Fact]
    public void ATrainingWithoutReaderSavesItsModel()
    {
        ProcessResult result = Command.Shell(WithoutReader, [Repository.Binary, .. Arguments(1)]);
        Assert.Equal($"exit {Nodeps.InputOutput}", result.ErrorLines[^1]);
        Assert.DoesNotContain("nodeps: ", result.Error, StringComparison.Ordinal);
        Assert.NotEmpty(new SafetensorsFile(Model).Tensors);
    }

    [ProgramFact("mkfifo", "head")]
    public void AModelWhoseReaderHasGoneIsSavedElsewhere()
    {
        const string Script = """cd "$1" && shift && mkfifo pipe && { head -c 10 pipe >start & } && TMPDIR=. exec "$@" --out pipe""";
        ProcessResult result = Command.Shell(Script,
            [_folder.Path, Repository.Binary, "train", "--data", Trained.Small.Data, "--seed", "3", "--epochs", "1"]);
        Nodeps.AssertFault(result, Nodeps.InputOutput, "pipe: broken pipe; it was saved as ./nodeps-");
        string rescued = Assert.Single(_folder.Names, name => name.StartsWith("nodeps-", StringComparison.Ordinal));
        Nodeps.Succeed(Arguments(1));
        Assert.Equal(File.ReadAllBytes(Model), File.ReadAllBytes(_folder[rescued]));
    }

    /// <summary>While it waits for the reader of a pipe, which may never come, one signal is enough.</summary>
    [ProgramTheory("mkfifo")]
    [InlineData(Interrupt, "^257 ", false)]
    [InlineData(Terminate, "^257 ", false)]
    [InlineData(Terminate, "^1 0x[3-9a-f] ", true)]
    public void AModelWhoseReaderNeverReadsIsSavedElsewhere(int signal, string call, bool isOpen)
    {
        string pipe = _folder["pipe"];
        Assert.Equal(Nodeps.Success, Command.Run("mkfifo", [pipe]).ExitCode);
        // Open for reading and writing, which waits for nobody: then not the call that opens waits, but the one that writes.
        using FileStream? reader = isOpen ? new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite) : null;
        bool isSent = false;
        ProcessResult result = Command.Run(Repository.Binary,
            ["train", "--data", Trained.Small.Data, "--seed", "3", "--epochs", "1", "--out", pipe], _folder.Path,
            new Dictionary<string, string> { ["TMPDIR"] = _folder.Path }, watch: process =>
            {
                // Only a call that waits is shown, by its number; no other file can make it wait.
                if (isSent || !Regex.IsMatch(File.ReadAllText($"/proc/{process.Id}/syscall"), call)) return;
                isSent = true;
                Kill(process.Id, signal);
            });
        Nodeps.AssertFault(result, Nodeps.InputOutput, "pipe: interrupted; it was saved as ");
        string rescued = Assert.Single(_folder.Names, name => name.StartsWith("nodeps-", StringComparison.Ordinal));
        Nodeps.Succeed(Arguments(1));
        Assert.Equal(File.ReadAllBytes(Model), File.ReadAllBytes(_folder[rescued]));
    }

    [Fact]
    public void OutputThatReachesTheLimitOnFilesIsAFault()
    {
        ProcessResult result = Command.Shell("""cd "$1" && ulimit -f 0 && "$2" help >text""", _folder.Path, Repository.Binary);
        Nodeps.AssertFault(result, Nodeps.InputOutput, "standard output", "file too large");
    }
}
