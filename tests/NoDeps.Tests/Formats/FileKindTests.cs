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
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a Git LFS pointer")]
    [InlineData("Not Found", "a text file")]
    [InlineData("{\"error\": 404}\n", "a text file")]
    [InlineData("\u0089PNG\r\n\u001a\n", "a PNG picture")]
    [InlineData("\u00ff\u00d8\u00ff\u00e1", "a JPEG picture")]
    [InlineData("GIF89a\u0001\0", "a GIF picture")]
    [InlineData("BM\u0046\0\0\0\0\0\0\0", "a BMP picture")]
    [InlineData("BMW,Audi\n1,2\n", "a text file")]
    [InlineData("P6 1 1 255 abc", "a PNM picture")]
    [InlineData("%PDF-1.7", "a PDF document")]
    [InlineData("\0\0\u0001\0\u0001\0", "")]
    [InlineData("PK\u0003\u0004", "a ZIP archive")]
    [InlineData("PK\u0003\u0004\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000a\0\0\0m/data.pkl", "a PyTorch file")]
    [InlineData("PK\u0003\u0004\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000b\0\0\0m/data.pkl", "a ZIP archive")]
    [InlineData("\u0080\u0002\u008a\u000a\u006c\u00fc\u009c", "a PyTorch file")]
    [InlineData("\u0080\u0002\u008a\u000b\u006c\u00fc\u009c", "a Python pickle")]
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

    /// <summary>There is one table of pictures' first bytes.</summary>
    [Fact]
    public void EveryPictureFormatIsCalledTheSameAsData()
    {
        string[] starts =
        [
            "\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff\u00e1", "P5 1 1 255 a", "BM\0\0\0", "GIF89a", "RIFF\0\0\0\0WEBPVP8 ", "II*\0",
            "\0\0\0\u0018ftypheic\0\0\0\0", "\0\0\0\u0018ftypavif\0\0\0\0", "\u00ff\n\0\0", "\0\0\0\u000cjP  \r\n\u0087\n", "%PDF-1.7",
            "\0\0\u0001\0\u0001\0" + new string('\u0010', 16), "8BPS\0\u0001", "P7\nWIDTH 1",
        ];
        PictureFormat[] formats = [.. starts.Select(start => PictureFile.Identify(Encoding.Latin1.GetBytes(start)))];
        Assert.Equal(Enum.GetValues<PictureFormat>()[1..], formats);
        foreach ((string start, PictureFormat format) in starts.Zip(formats))
            Assert.Equal(Encoding.UTF8.GetString(PictureFormats.NameOf(format)),
                Encoding.UTF8.GetString(FileKind.Describe(Encoding.Latin1.GetBytes(start))));
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
