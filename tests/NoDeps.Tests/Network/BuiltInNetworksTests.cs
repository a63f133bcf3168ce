using System.Text;
using NoDeps.Network;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The papers' networks as the build puts them into the program.</summary>
public class BuiltInNetworksTests
{
    [Theory]
    [InlineData("lochman", 1_446_030)]
    [InlineData("pedestrian", 44_878)]
    [InlineData("pedestrian-shortcut", 47_230)]
    [InlineData("richard", 9_046)]
    [InlineData("scratch", 4_902)]
    [InlineData("vardhan", 2_646)]
    public void EachIsFoundAndHasThePapersNumberOfParameters(string name, int parameters)
    {
        Assert.True(BuiltInNetworks.TryFind(Encoding.UTF8.GetBytes(name), out var text));
        var description = Descriptions.Read(Encoding.UTF8.GetString(text));
        Assert.Equal(parameters, description.ParameterCount);
        Assert.Equal(10, description.Classes);
    }

    [Fact]
    public void BothParsersUnderstandThemAlike()
    {
        for (int i = 0; i < BuiltInNetworks.Count; i++)
        {
            string text = Encoding.UTF8.GetString(BuiltInNetworks.Text(i));
            var layers = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("recipe")));
            NetworkDescriptionTests.Same(layers);
        }
    }

    [Fact]
    public void AnUnknownNameIsNotFound() => Assert.False(BuiltInNetworks.TryFind("pedestria"u8, out _));
}
