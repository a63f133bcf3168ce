using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>
/// Every kind of PNG, PNM and BMP file: ImageMagick's, read by it and by us, and our tests' own, read by ImageMagick and by Pillow.
/// </summary>
public sealed class PictureMatrixTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeps-matrix");

    public void Dispose() => _folder.Delete(true);

    private static byte[] Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // One thread is faster for pictures as small as these.
        start.Environment["MAGICK_THREAD_LIMIT"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output.ToArray();
    }

    /// <summary>A picture as RGBA, however many channels it has.</summary>
    private static byte[] Rgba(DecodedPicture picture)
    {
        int channels = picture.Channels;
        return [.. picture.Pixels.Chunk(channels).SelectMany(pixel => (byte[])
            [pixel[0], pixel[channels < 3 ? 0 : 1], pixel[channels < 3 ? 0 : 2], channels % 2 == 0 ? pixel[^1] : (byte)255])];
    }

    /// <summary>ImageMagick's pixels of a file: of 16 bits and rounded here, for its own rounding to 8 is not exact.</summary>
    private static byte[] RgbaOfImageMagick(string path) =>
        [.. Run("convert", $"{Path.GetExtension(path)[1..]}:{path}", "-depth", "16", "-endian", "MSB", "rgba:-").Chunk(2)
            .Select(sample => (byte)(((sample[0] << 8 | sample[1]) * 255 + 32767) / 65535))];

    /// <summary>Color type, depth, interlaced.</summary>
    public static IEnumerable<object[]> PngKinds =>
        from kind in PictureFileTests.Kinds
        from interlaced in new[] { false, true }
        select new object[] { kind.Color, kind.Depth, interlaced };

    [ImageMagickTheory, MemberData(nameof(PngKinds))]
    public void PngFilesOfImageMagickGiveItsPixels(int color, int depth, bool interlaced)
    {
        foreach (string size in (string[])["2x5", "17x16"])
        {
            string path = Path.Combine(_folder.FullName, $"{size}.png");
            Run("convert", ["-seed", "3", "-size", size, "plasma:tomato-navy", "+dither",
                // Samples that the depth has, or the file gets another.
                .. color is 0 or 4 ? (string[])["-colorspace", "Gray"] : [],
                .. color is 4 or 6 ? (string[])["-alpha", "set", "-channel", "A", "-evaluate", "set", "30%", "+channel"] : [],
                // Its palettes have one more color, of the background.
                .. color == 3 && depth == 1 ? (string[])["-monochrome", "-background", "black"]
                    : color == 3 ? ["-colors", $"{(1 << Math.Min(depth, 6)) - 1}"] : depth < 8 ? ["-posterize", $"{1 << depth}"] : [],
                "-depth", $"{(color == 3 ? 8 : depth)}", "-interlace", interlaced ? "PNG" : "None", "-define", $"png:color-type={color}",
                "-define", $"png:bit-depth={depth}", $"png:{path}"]);
            byte[] file = File.ReadAllBytes(path);
            Assert.Equal((depth, color, interlaced ? 1 : 0), (file[24], file[25], file[28]));
            Assert.Equal(RgbaOfImageMagick(path), Rgba(DecodedPicture.Of(file)));
        }
    }

    [ImageMagickTheory, MemberData(nameof(PngKinds))]
    public void ImageMagickReadsThePixelsOfOurPngFiles(int color, int depth, bool interlaced)
    {
        foreach (bool transparent in (bool[])[false, true])
        {
            if (transparent && color >= 4) continue;
            string path = Path.Combine(_folder.FullName, $"{transparent}.png");
            byte[] file = PictureFileTests.Encoder(color, depth, interlaced, transparent, 5, 13, 11).File();
            File.WriteAllBytes(path, file);
            Assert.Equal(RgbaOfImageMagick(path), Rgba(DecodedPicture.Of(file)));
        }
    }

    /// <summary>What follows "convert SOURCE", the name of the file, and the first bytes of it, or a byte and its place.</summary>
    public static TheoryData<string, string, string> PnmKinds => new()
    {
        { "-monochrome -compress None", "a.pbm", "P1" },
        { "-colorspace Gray -depth 8 -compress None", "a.pgm", "P2" },
        { "-colorspace Gray -depth 16 -compress None", "a.pgm", "P2" },
        { "-depth 8 -compress None", "a.ppm", "P3" },
        { "-depth 16 -compress None", "a.ppm", "P3" },
        { "-monochrome", "a.pbm", "P4" },
        { "-colorspace Gray -depth 8", "a.pgm", "P5" },
        { "-colorspace Gray -depth 16", "a.pgm", "P5" },
        { "-depth 8", "a.ppm", "P6" },
        { "-depth 16", "a.ppm", "P6" },
    };

    [ImageMagickTheory, MemberData(nameof(PnmKinds))]
    public void PnmFilesOfImageMagickGiveItsPixels(string options, string name, string magic)
    {
        foreach (string size in (string[])["1x1", "17x16"])
        {
            byte[] file = MadeByImageMagick(size, options, name, out string path);
            Assert.Equal(magic, $"{(char)file[0]}{(char)file[1]}");
            Assert.Equal(RgbaOfImageMagick(path), Rgba(DecodedPicture.Of(file)));
        }
    }

    /// <summary>What follows "convert SOURCE", the format, bits of a pixel, and the compression.</summary>
    public static TheoryData<string, string, int, int> BmpKinds => new()
    {
        { "-monochrome", "bmp2", 1, 0 }, { "-monochrome", "bmp3", 1, 0 },
        { "-colors 16 -type Palette", "bmp3", 4, 0 },
        { "-colors 200 -type Palette", "bmp2", 8, 0 }, { "-colors 200 -type Palette -compress None", "bmp3", 8, 0 },
        { "-colors 200 -type Palette -compress RLE", "bmp3", 8, 1 },
        { "-type TrueColor", "bmp2", 24, 0 }, { "-type TrueColor", "bmp3", 24, 0 }, { "-type TrueColor", "bmp", 24, 0 },
        { "-alpha set -channel A -evaluate set 30% +channel", "bmp", 32, 3 },
    };

    [ImageMagickTheory, MemberData(nameof(BmpKinds))]
    public void BmpFilesOfImageMagickGiveItsPixels(string options, string format, int bits, int compression)
    {
        foreach (string size in (string[])["3x40", "17x16", "40x9"])
        {
            byte[] file = MadeByImageMagick(size, options, $"{size}.{format}", out string path);
            bool isCore = file[14] == 12;
            Assert.Equal(format == "bmp2", isCore);
            Assert.Equal((bits, compression), (file[isCore ? 24 : 28], isCore ? 0 : file[30]));
            Assert.Equal(RgbaOfImageMagick(path), Rgba(DecodedPicture.Of(file)));
        }
    }

    private byte[] MadeByImageMagick(string size, string options, string name, out string path)
    {
        path = Path.Combine(_folder.FullName, name);
        Run("convert", ["-seed", "5", "-size", size, "plasma:tomato-navy", "+dither", .. options.Split(' '),
            $"{Path.GetExtension(name)[1..]}:{path}"]);
        return File.ReadAllBytes(path);
    }

    private const string Script = """
        import glob, sys
        from PIL import Image
        for path in glob.glob(sys.argv[1] + '/*.*'):
            image = Image.open(path)
            if image.mode.startswith('I'):
                # 16 bits of gray, which Pillow scales to no others.
                image = Image.frombytes('L', image.size, bytes((v * 255 + 32767) // 65535 for v in image.getdata()))
            with open(path + '.raw', 'wb') as raw:
                raw.write(image.convert('RGBA').tobytes())
        """;

    [PillowFact]
    public void PillowReadsThePixelsOfOurFiles()
    {
        foreach ((int color, int depth) in PictureFileTests.Kinds)
        {
            foreach (bool interlaced in (bool[])[false, true])
            {
                foreach (bool transparent in (bool[])[false, true])
                {
                    // Pillow compares tRNS with 8 of 16 bits, and with the scaled samples of fewer than 8.
                    if (transparent && (color >= 4 || color < 3 && depth != 8)) continue;
                    PngEncoder png = PictureFileTests.Encoder(color, depth, interlaced, transparent, 5, 13, 11);
                    File.WriteAllBytes(Path.Combine(_folder.FullName, $"{color}-{depth}-{interlaced}-{transparent}.png"), png.File());
                }
            }
        }
        // Pillow 9 mistakes literal pixels of RLE4 where their count is odd.
        foreach (string kind in (string[])["1", "4", "8", "555", "24", "32", "rle8"])
            File.WriteAllBytes(Path.Combine(_folder.FullName, $"{kind}.bmp"), BmpFileTests.Make(kind, 33, 4, 6).File);
        File.WriteAllText(Path.Combine(_folder.FullName, "read"), Script);
        Run("/usr/bin/python3", Path.Combine(_folder.FullName, "read"), _folder.FullName);
        string[] read = Directory.GetFiles(_folder.FullName, "*.raw");
        Assert.Equal(2 * (15 + 6) + 7, read.Length);
        foreach (string raw in read)
        {
            string name = Path.GetFileNameWithoutExtension(raw);
            byte[] ours = Rgba(DecodedPicture.Of(File.ReadAllBytes(raw[..^4]))), theirs = File.ReadAllBytes(raw);
            // Of colors and alpha of 16 bits Pillow keeps the high byte, and it rounds 5 bits in another way.
            int tolerance = name.Contains("-16-", StringComparison.Ordinal) || name == "555.bmp" ? 1 : 0;
            Assert.Equal(theirs.Length, ours.Length);
            Assert.True(ours.Zip(theirs).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance), name);
        }
    }
}
