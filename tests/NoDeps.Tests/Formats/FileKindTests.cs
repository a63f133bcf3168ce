using System.Text;
using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>What files that are no data seem to be.</summary>
public class FileKindTests
{
    [Theory]
    [InlineData("<!DOCTYPE html><html>", "an HTML page")]
    [InlineData("\r\n  <html>", "an HTML page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a pointer of Git LFS")]
    [InlineData("Not Found", "text")]
    [InlineData("{\"error\": 404}\n", "text")]
    [InlineData("\u0089PNG\r\n\u001a\n", "a PNG picture")]
    [InlineData("\u00ff\u00d8\u00ff\u00e1", "a JPEG picture")]
    [InlineData("PK\u0003\u0004", "a ZIP archive")]
    [InlineData("\u001f\u008b\u0008", "a gzip file")]
    [InlineData("\u0093NUMPY\u0001\0", "a NumPy array")]
    [InlineData("\0\0\u0008\u0003", "")]
    [InlineData("\u0001\u0002\u0003\u0004", "")]
    [InlineData("", "")]
    public void FilesAreToldByTheirFirstBytes(string start, string kind)
    {
        string told = Encoding.UTF8.GetString(FileKind.Describe(Encoding.Latin1.GetBytes(start)));
        Assert.Equal(kind, told.Split('\n')[0]);
    }

    [Fact]
    public void EveryBeginningOfAFileIsLookedAtWithinItsBounds()
    {
        byte[] all = Encoding.Latin1.GetBytes(
            "\u0089PNG\u00ff\u00d8\u00ff\u0093NUMPY\u00fd7zXZ\u0089HDF\u0080\u0004<html>version https:");
        for (int start = 0; start < all.Length; start++)
        {
            for (int end = start; end <= all.Length; end++)
            {
                string told = Encoding.Latin1.GetString(FileKind.Describe(all.AsSpan(start, end - start)));
                Assert.DoesNotContain("\0", told, StringComparison.Ordinal);
            }
        }
    }
}
