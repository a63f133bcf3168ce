using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary><c>nodeps convert</c> of models.</summary>
public sealed class ConvertTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OurOwnModelComesOutAsItWas()
    {
        Nodeps.Succeed("convert", Trained.Small.Model, _folder["same"]);
        Assert.Equal(File.ReadAllBytes(Trained.Small.Model), File.ReadAllBytes(_folder["same"]));
    }

    [Fact]
    public void HalfPrecisionIsHalfAsLargeAndLoadsAgain()
    {
        Nodeps.Succeed("convert", Trained.Small.Model, _folder["half"], "--half");
        var half = new SafetensorsFile(_folder["half"]);
        Assert.Equal("F16", half.Tensors["0.weight"].Type);
        Assert.InRange(half.DataBytes, 1, new SafetensorsFile(Trained.Small.Model).DataBytes * 51 / 100);
        Nodeps.Succeed("convert", _folder["half"], _folder["single"]);
        Nodeps.Succeed("convert", _folder["single"], _folder["again"], "--half");
        Assert.Equal(File.ReadAllBytes(_folder["half"]), File.ReadAllBytes(_folder["again"]));
    }

    [Fact]
    public void AnExistingFileIsReplacedOnlyWithForce()
    {
        string kept = _folder.Write("kept", [1, 2, 3]);
        Nodeps.AssertFault(Nodeps.Run("convert", Trained.Small.Model, kept), Nodeps.CannotCreate, "kept", "--force");
        Assert.Equal([1, 2, 3], File.ReadAllBytes(kept));
        Nodeps.Succeed("convert", Trained.Small.Model, kept, "--force");
        Assert.Equal(File.ReadAllBytes(Trained.Small.Model), File.ReadAllBytes(kept));
    }
}
