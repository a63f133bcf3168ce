using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>Classifying pictures: what is read, how it is prepared, what is printed.</summary>
public sealed class PictureTests : IDisposable
{
    private const int Side = DataSet.Side;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APictureOfTheInputsSizeOnBlackPassesUnchanged()
    {
        Drawing seven = new Drawing(Side, Side, 0).Seven(8, 4, 20, 200);
        string picture = _folder.Write("seven.png", seven.Png());
        string images = _folder.Write("images", Idx.Bytes(seven.Pixels, 1, Side, Side));
        Assert.Equal(Logits(Predict("--json", images + ":0")), Logits(Predict("--json", picture)));
        Assert.Equal(Logits(Predict("--json", picture)), Logits(Predict("--json", "--prepare", "none", picture)));
        Assert.Contains("unchanged", Predict("--explain", picture).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSamePictureIsReadInEveryFormat()
    {
        Drawing seven = new Drawing(90, 120, 230).Seven(20, 30, 60, 20);
        string png = _folder.Write("picture.bin", seven.Png()), pgm = _folder.Write("picture.txt", seven.Pgm());
        Assert.Equal(Logits(Predict("--json", png)), Logits(Predict("--json", pgm)));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("yes")]
    public void DarkOnLightIsInverted(string invert)
    {
        string dark = _folder.Write("dark.pgm", new Drawing(90, 120, 255).Seven(20, 30, 60, 0).Pgm());
        string light = _folder.Write("light.pgm", new Drawing(90, 120, 0).Seven(20, 30, 60, 255).Pgm());
        ProcessResult result = Predict("--json", "--invert", invert, dark);
        Assert.Equal(Logits(Predict("--json", light)), Logits(result));
        Assert.Matches("polarity +dark ink on a light background: inverted", Predict("--explain", dark).Output);
        Assert.Matches("polarity +light ink on a dark background: not inverted", Predict("--explain", light).Output);
    }

    [Fact]
    public void TheDigitsPlaceAndSizeDoNotMatter()
    {
        string one = _folder.Write("a.pgm", new Drawing(160, 160, 240).Seven(20, 30, 80, 10).Pgm());
        string other = _folder.Write("b.pgm", new Drawing(160, 160, 240).Seven(70, 50, 80, 10).Pgm());
        Assert.Equal(Class(Predict("--json", one)), Class(Predict("--json", other)));
    }

    [Fact]
    public void SegmentReadsDigitsFromLeftToRight()
    {
        Drawing row = new Drawing(300, 100, 250).One(30, 20, 60, 0).Seven(100, 20, 60, 0).One(200, 20, 60, 0).Seven(240, 20, 60, 0);
        string[] lines = Predict("--segment", _folder.Write("row.png", row.Png())).OutputLines;
        Assert.Equal(5, lines.Length);
        string[] classes = [.. lines[..4].Select((line, i) => Regex.Match(line, $@"^\S+row\.png#{i}  (\d)  \(").Groups[1].Value)];
        Assert.Equal($"{_folder["row.png"]}  number {string.Concat(classes)}", lines[4]);
        Assert.Equal((classes[0], classes[1]), (classes[2], classes[3]));
        string[] json = Predict("--segment", "--json", _folder["row.png"]).OutputLines;
        Assert.Equal(string.Concat(classes), JsonDocument.Parse(json[4]).RootElement.GetProperty("number").GetString());
        Assert.Equal(2, JsonDocument.Parse(json[2]).RootElement.GetProperty("digit").GetInt32());
    }

    [Fact]
    public void ExplainSaysEveryDecision()
    {
        Drawing thin = new Drawing(400, 300, 200).Fill(100, 60, 2, 180, 40).Fill(350, 280, 2, 2, 40);
        string path = _folder.Write("thin.pgm", thin.Pgm());
        string[] lines = Predict("--explain", path).OutputLines;
        Assert.Equal(
        [
            path,
            "  picture   400 x 300 pixels, 1 channel",
            "  size      200 x 150 after conversion to gray and area averaging",
            "  polarity  dark ink on a light background: inverted",
        ], lines[..4]);
        string text = string.Join('\n', lines);
        Assert.Matches(@"contrast  1\d\d of 255 gray levels", text);
        Assert.Contains("  specks    1 piece of ink ignored", lines);
        Assert.Matches(@"box       1 x 9\d at column 50, row 30", text);
        Assert.Matches(@"strokes   0\.\d pixels wide in the input: thickened", text);
        Assert.Matches(@"input     scaled to \d x 20, center of mass in the middle of 28 x 28", text);
    }

    [Fact]
    public void ShowDrawsEveryStage()
    {
        string path = _folder.Write("seven.pgm", new Drawing(56, 56, 255).Seven(10, 10, 36, 0).Pgm());
        string[] lines = Predict("--show", path).OutputLines;
        Assert.Equal(3 * (1 + Side) + 1, lines.Length);
        Assert.Equal(("picture", "ink", "input"), (lines[0], lines[1 + Side], lines[2 * (1 + Side)]));
        Assert.Equal(new string('@', 2 * Side), lines[1]);
        Assert.Equal(new string(' ', 2 * Side), lines[2 + Side]);
        Assert.Contains(lines[(2 + Side)..(2 + 2 * Side)], line => line.Contains('@'));
        Assert.DoesNotContain('\u001b', string.Concat(lines));
    }

    [Fact]
    public void ADirectoryIsItsPicturesInOrder()
    {
        string inner = Directory.CreateDirectory(_folder["pictures"]).FullName;
        byte[] picture = new Drawing(40, 40, 255).One(18, 8, 24, 0).Pgm();
        foreach (string name in (string[])["c.pgm", "a.png", "b"]) File.WriteAllBytes(Path.Combine(inner, name), picture);
        File.WriteAllText(Path.Combine(inner, "notes.txt"), "no picture");
        Directory.CreateDirectory(Path.Combine(inner, "d.pgm"));
        string[] lines = Predict(inner).OutputLines;
        Assert.Equal(["a.png", "b", "c.pgm"], lines.Select(line => Path.GetFileName(line.Split("  ")[0])));
        string empty = Directory.CreateDirectory(_folder["empty"]).FullName;
        Nodeps.AssertFault(Run(empty), Nodeps.NoInput, "empty", "no pictures");
    }

    [Fact]
    public void StandardInputIsAPictureOrAnIdxFile()
    {
        string picture = _folder.Write("one.png", new Drawing(40, 40, 255).One(18, 8, 24, 0).Png());
        const string Script = "\"$1\" predict --json --model \"$2\" \"$3\" < \"$4\"";
        ProcessResult piped = Command.Shell(Script, Repository.Binary, Trained.Small.Model, "-", picture);
        Assert.Equal(Logits(Predict("--json", picture)), Logits(piped));
        string images = Path.Combine(Trained.Small.Data, DataSet.FileNames[2]);
        piped = Command.Shell(Script, Repository.Binary, Trained.Small.Model, "-:3-4", images);
        Assert.Equal(Logits(Predict("--json", images + ":3-4")), Logits(piped));
        piped = Command.Shell(Script, Repository.Binary, Trained.Small.Model, "-", images);
        Assert.Equal(Trained.Small.Set.TestLabels.Length, piped.OutputLines.Length);
    }

    [Fact]
    public void WhatCannotBeReadDoesNotStopTheRest()
    {
        string good = _folder.Write("good.pgm", new Drawing(40, 40, 255).One(18, 8, 24, 0).Pgm());
        string text = _folder.Write("text.png", "this is no picture\n");
        ProcessResult result = Run(text, good, _folder["missing.png"]);
        Assert.Equal(Nodeps.Data, result.ExitCode);
        Assert.StartsWith(good, Assert.Single(result.OutputLines), StringComparison.Ordinal);
        string[] faults = [.. result.ErrorLines.Where(line => !line.StartsWith("nodeps: warning: ", StringComparison.Ordinal))];
        Assert.Equal(2, faults.Length);
        Assert.StartsWith($"nodeps: {text}: ", faults[0], StringComparison.Ordinal);
        Assert.StartsWith($"nodeps: {_folder["missing.png"]}: ", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void RefusalsSayWhatIsWrong()
    {
        byte[] png = new Drawing(64, 64, 255).Seven(10, 10, 40, 0).Png();
        string cut = _folder.Write("cut.png", png[..^30]);
        Nodeps.AssertFault(Run(cut), Nodeps.Data, "cut.png");
        byte[] huge = [.. png];
        huge[16] = huge[20] = 0x7F;
        Nodeps.AssertFault(Run(_folder.Write("huge.png", huge)), Nodeps.Data, "huge.png");
        string good = _folder.Write("good.png", png);
        Nodeps.AssertFault(Run("--max-pixels", "4095", good), Nodeps.Data, "good.png", "pixels", "4096");
        Predict("--max-pixels", "4096", good);
        string webp = _folder.Write("photo.webp", [.. "RIFF"u8, 0x40, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[64]]);
        Nodeps.AssertFault(Run(webp), Nodeps.Data, "photo.webp", "WebP");
        string blank = _folder.Write("blank.pgm", new Drawing(64, 64, 200).Pgm());
        Nodeps.AssertFault(Run(blank), Nodeps.Data, "blank.pgm", "nothing stands out", "--prepare none");
        Nodeps.AssertFault(Run(_folder.Write("nothing.png", "")), Nodeps.Data, "nothing.png", "empty");
        Nodeps.AssertFault(Run("--segment", "--prepare", "none", good), Nodeps.Usage, "--segment");
    }

    [Fact]
    public void AColorNetworkTakesTheColorsOfAPicture()
    {
        string net = _folder.Write("net", "input 3x8x8\nflatten\ndense 4\nloss softmax-cross-entropy\nrecipe epochs=1 batch=8\n");
        string model = _folder.Write("model", ColorSums());
        string red = _folder.Write("red.ppm", [.. "P6\n2 2\n255\n"u8, 200, 0, 0, 200, 0, 0, 200, 0, 0, 200, 0, 0]);
        ProcessResult result = Nodeps.Succeed("predict", "--json", "--model", model, "--net", net, red);
        // Each class sums up the channel of its number; the fourth sums up nothing.
        Assert.Equal(64 * 200 / 255.0, Logits(result)[0], 3);
        Assert.Equal([0, 0, 0], Logits(result)[1..]);
    }

    [Fact]
    public void NamesOfTheClassesArePrinted()
    {
        string model = _folder["named"];
        string names = string.Join(',', Enumerable.Range(0, DataSet.Classes).Select(i => $"kind {i} \"é\""));
        Nodeps.Succeed("train", "--data", Trained.Small.Data, "--epochs", "1", "--classes", names, "--out", model);
        string image = Trained.Small.Image(17);
        ProcessResult text = Nodeps.Succeed("predict", "--model", model, image);
        Assert.Matches(@"  kind (\d) ""é""  \(kind \1 ""é"": \d+\.\d\d%, kind \d ""é"": ", text.Output);
        JsonElement json = JsonDocument.Parse(Nodeps.Succeed("predict", "--json", "--model", model, image).Output).RootElement;
        Assert.Equal($"kind {json.GetProperty("class").GetInt32()} \"é\"", json.GetProperty("name").GetString());
        string[] train = ["train", "--data", Trained.Small.Data, "--epochs", "1", "--out", _folder["none"], "--classes"];
        Nodeps.AssertFault(Nodeps.Run([.. train, "a,b,c"]), Nodeps.Usage, "--classes", "10", "3");
        Nodeps.AssertFault(Nodeps.Run([.. train, "a,b,,d,e,f,g,h,i,j"]), Nodeps.Usage, "empty name");
        Assert.False(File.Exists(_folder["none"]));
    }

    [Fact]
    public void ADataSetThatIsKnownNamesItsClasses()
    {
        string data = Trained.Small.Set.WriteTo(_folder["fashion-mnist"]);
        Nodeps.Succeed("train", "--data", data, "--epochs", "1", "--out", _folder["m"]);
        string output = Nodeps.Succeed("predict", "--model", _folder["m"], Path.Combine(data, DataSet.FileNames[2])).Output;
        Assert.Contains("ankle boot: ", output, StringComparison.Ordinal);
        Assert.Contains("truth T-shirt/top", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTruthStandsBesideTheClass()
    {
        Trained small = Trained.Small;
        byte[] labels = [.. small.Set.TestLabels];
        string images = _folder.Write("x-images-idx3-ubyte", small.Set.Files[2]);
        Assert.DoesNotContain("truth", Predict(images + ":0-9").Output, StringComparison.Ordinal);
        _folder.Write("x-labels-idx1-ubyte.gz", Idx.Gzip(Idx.Bytes(labels, (uint)labels.Length)));
        string[] lines = Predict(images).OutputLines;
        Assert.Equal(labels.Length, lines.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            Match match = Regex.Match(lines[i], @"  (\d)  \(.*\)  truth (\d)(, wrong)?$");
            Assert.Equal(labels[i].ToString(CultureInfo.InvariantCulture), match.Groups[2].Value);
            Assert.Equal(match.Groups[1].Value != match.Groups[2].Value, match.Groups[3].Success);
        }
        Assert.Equal(labels[5], JsonDocument.Parse(Predict("--json", images + ":5").Output).RootElement.GetProperty("truth").GetInt32());
        _folder.Write("x-labels-idx1-ubyte.gz", Idx.Gzip(Idx.Bytes(labels.AsSpan(1), (uint)labels.Length - 1)));
        Assert.DoesNotContain("truth", Predict(images + ":0-9").Output, StringComparison.Ordinal);
    }

    /// <summary>Squares on black, so that borders are known: inverted they are white.</summary>
    [Fact]
    public void ImagesThatLookOtherwiseAreWarnedOf()
    {
        byte[] pixels = [.. Enumerable.Range(0, 64).SelectMany(
            i => new Drawing(Side, Side, 0).Fill(6 + i % 3, 6 + i % 5, 10, 6 + i % 2 * 6, 255).Pixels)];
        byte[] labels = [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 2))];
        string data = Write("plain", pixels), inverted = Write("inverted", [.. pixels.Select(value => (byte)(255 - value))]);
        Nodeps.Succeed("train", "--data", data, "--epochs", "1", "--out", _folder["m"]);
        string plainImages = Path.Combine(data, DataSet.FileNames[2]), invertedImages = Path.Combine(inverted, DataSet.FileNames[2]);
        Assert.Empty(Nodeps.Succeed("eval", "--model", _folder["m"], "--data", data).Error);
        Assert.Empty(Nodeps.Succeed("predict", "--model", _folder["m"], plainImages).Error);
        Assert.Empty(Nodeps.Succeed("predict", "--model", _folder["m"], "--invert", "yes", invertedImages).Error);
        string warning = Nodeps.Succeed("predict", "--model", _folder["m"], invertedImages).ErrorLines.Single();
        Assert.Matches("warning: .*these images do not look like the training images: .* try --invert yes", warning);
        warning = Nodeps.Succeed("eval", "--model", _folder["m"], "--data", inverted).ErrorLines.Single();
        Assert.Matches("warning: .*these images do not look like .*; are they inverted\\?", warning);

        string Write(string name, byte[] images)
        {
            string path = Directory.CreateDirectory(_folder[name]).FullName;
            for (int i = 0; i < 4; i++)
            {
                File.WriteAllBytes(Path.Combine(path, DataSet.FileNames[i]),
                    i % 2 == 0 ? Idx.Bytes(images, 64, Side, Side) : Idx.Bytes(labels, 64));
            }
            return path;
        }
    }

    /// <summary>The pictures of the repository, after one epoch of MNIST.</summary>
    [MnistFact]
    public void PicturesOfDigitsAreRead()
    {
        Nodeps.Succeed("train", "--data", Repository.Mnist!, "--epochs", "1", "--out", _folder["m"]);
        string pictures = Path.Combine(Repository.Root, "data", "pictures");
        string[] folders = [.. Enumerable.Range(0, 10).Select(digit => Path.Combine(pictures, $"{digit}"))];
        string[] lines = Nodeps.Succeed(["predict", "--json", "--model", _folder["m"], .. folders]).OutputLines;
        Assert.Equal(200, lines.Length);
        int right = lines.Select(line => JsonDocument.Parse(line).RootElement).Count(json => Path.GetFileName(
            Path.GetDirectoryName(json.GetProperty("file").GetString())) == $"{json.GetProperty("class").GetInt32()}");
        Assert.InRange(right, 184, 200);
    }

    /// <summary>A model file of a dense layer of four outputs, of which the first three sum up a channel each.</summary>
    private static byte[] ColorSums()
    {
        const int Plane = 8 * 8;
        var numbers = new float[4 * 3 * Plane + 4];
        for (int c = 0; c < 3; c++) numbers.AsSpan(c * 3 * Plane + c * Plane, Plane).Fill(1);
        byte[] header = Encoding.ASCII.GetBytes(
            "{\"1.weight\":{\"dtype\":\"F32\",\"shape\":[4,192],\"data_offsets\":[0,3072]}," +
            "\"1.bias\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[3072,3088]}}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. MemoryMarshal.AsBytes<float>(numbers)];
    }

    private static ProcessResult Run(params string[] words) => Nodeps.Run(["predict", "--model", Trained.Small.Model, .. words]);

    private static ProcessResult Predict(params string[] words)
    {
        ProcessResult result = Run(words);
        Assert.True(result.ExitCode == Nodeps.Success, result.ToString());
        return result;
    }

    private static double[] Logits(ProcessResult result) => [.. result.OutputLines.SelectMany(line =>
        JsonDocument.Parse(line).RootElement.GetProperty("logits").EnumerateArray().Select(logit => logit.GetDouble()))];

    private static int Class(ProcessResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("class").GetInt32();
}
