using System.Text;
using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Names of classes: as many as there are classes, each another.</summary>
public sealed class ClassNamesTests
{
    private static string[] All(ClassNameSet set) =>
        [.. Enumerable.Range(0, ClassNames.Count(set)).Select(i => Encoding.UTF8.GetString(ClassNames.NameOf(set, i)))];

    [Theory]
    [InlineData(ClassNameSet.None, 0)]
    [InlineData(ClassNameSet.Digits, 10)]
    [InlineData(ClassNameSet.Fashion, 10)]
    [InlineData(ClassNameSet.Kuzushiji, 10)]
    [InlineData(ClassNameSet.EmnistLetters, 26)]
    [InlineData(ClassNameSet.EmnistBalanced, 47)]
    [InlineData(ClassNameSet.EmnistByClass, 62)]
    [InlineData(ClassNameSet.Cifar10, 10)]
    [InlineData(ClassNameSet.Cifar100, 100)]
    public void AsManyNamesAsClasses(ClassNameSet set, int count)
    {
        string[] names = All(set);
        Assert.Equal(count, names.Distinct().Count());
        Assert.Equal(count, names.Length);
        Assert.DoesNotContain("", names);
        Assert.True(ClassNames.NameOf(set, count).IsEmpty);
        Assert.True(ClassNames.NameOf(set, -1).IsEmpty);
    }

    [Fact]
    public void SomeNames()
    {
        Assert.Equal("ankle boot", All(ClassNameSet.Fashion)[9]);
        Assert.Equal("を", All(ClassNameSet.Kuzushiji)[9]);
        Assert.Equal(["A", "Z", "a", "t"], new[] { 10, 35, 36, 46 }.Select(i => All(ClassNameSet.EmnistBalanced)[i]));
        Assert.Equal("z", All(ClassNameSet.EmnistByClass)[61]);
        Assert.Equal("truck", All(ClassNameSet.Cifar10)[9]);
        string[] hundred = All(ClassNameSet.Cifar100);
        Assert.Equal(hundred.Order(StringComparer.Ordinal), hundred);
    }

    [Theory]
    [InlineData("emnist-letters-train-images-idx3-ubyte.gz", ClassNameSet.EmnistLetters)]
    [InlineData("data/EMNIST/raw/emnist-balanced-test-labels-idx1-ubyte", ClassNameSet.EmnistBalanced)]
    [InlineData("emnist-byclass-train", ClassNameSet.EmnistByClass)]
    [InlineData("emnist-bymerge-train", ClassNameSet.EmnistBalanced)]
    [InlineData("emnist-digits-train", ClassNameSet.Digits)]
    [InlineData("FashionMNIST/raw", ClassNameSet.Fashion)]
    [InlineData("data/fashion-mnist", ClassNameSet.Fashion)]
    [InlineData("KMNIST", ClassNameSet.Kuzushiji)]
    [InlineData("QMNIST/raw", ClassNameSet.Digits)]
    [InlineData("mnist.npz", ClassNameSet.Digits)]
    [InlineData("cifar-10-batches-bin/data_batch_1.bin", ClassNameSet.Cifar10)]
    [InlineData("cifar-100-binary", ClassNameSet.Cifar100)]
    [InlineData("femnist", ClassNameSet.None)]
    [InlineData("pictures", ClassNameSet.None)]
    [InlineData("", ClassNameSet.None)]
    public void SetsAreToldByPaths(string path, ClassNameSet set) =>
        Assert.Equal(set, ClassNames.FromPath(Encoding.UTF8.GetBytes(path)));
}
