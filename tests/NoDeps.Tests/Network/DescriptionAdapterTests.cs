using System.Text;
using NoDeps.Network;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>Descriptions for data of other sizes.</summary>
public sealed class DescriptionAdapterTests
{
    [Fact]
    public void EveryBuiltInNetworkTakesLargerColorImagesAndMoreClasses()
    {
        for (int i = 0; i < BuiltInNetworks.Count; i++)
        {
            Assert.True(BuiltInNetworks.TryFind(BuiltInNetworks.Name(i), out ReadOnlySpan<byte> text));
            byte[] adapted = DescriptionAdapter.Adapt(text, new Shape(3, 32, 36), 47);
            Assert.True(NetworkDescription.Parse(adapted, out NetworkDescription network).IsNone);
            Assert.Equal((3, 32, 36, 47), (network.Input.Channels, network.Input.Rows, network.Input.Columns, network.Classes));
        }
    }

    [Fact]
    public void EverythingElseStays()
    {
        string text = "# one\n  input  1x28x28 # the picture\nflatten\ndense 30\nrelu\ndense 10# last\nloss squared-error\n# end";
        string adapted = Encoding.UTF8.GetString(DescriptionAdapter.Adapt(Encoding.UTF8.GetBytes(text), new Shape(1, 8, 9), 26));
        Assert.Equal("# one\ninput 1x8x9 # the picture\nflatten\ndense 30\nrelu\ndense 26# last\nloss squared-error\n# end", adapted);
    }

    [Fact]
    public void WithoutADenseLayerTheLastConvolutionChanges()
    {
        string text = "input 1x4x4\nconv 3 kernel=3\nrelu\nconv 10 kernel=2 pad=0\nflatten\nloss softmax-cross-entropy\n";
        string adapted = Encoding.UTF8.GetString(DescriptionAdapter.Adapt(Encoding.UTF8.GetBytes(text), new Shape(1, 4, 4), 5));
        Assert.Contains("conv 3 kernel=3\nrelu\nconv 5 kernel=2 pad=0\n", adapted, StringComparison.Ordinal);
    }
}
