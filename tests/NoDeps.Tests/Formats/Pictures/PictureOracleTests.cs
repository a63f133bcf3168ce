using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>Files made by Pillow, and Pillow's pixels of them: ours must be the same.</summary>
public sealed class PictureOracleTests : IDisposable
{
    private const string Script = """
        import sys
        from PIL import Image
        folder = sys.argv[1]
        for w, h in (1, 1), (3, 2), (17, 16), (33, 47), (100, 71):
            rgb = Image.merge('RGB', [Image.frombytes('L', (w, h), bytes((x * a + y * b + (x * y) % 7) % 256
                for y in range(h) for x in range(w))) for a, b in ((3, 5), (2, 7), (11, 1))])
            alpha = rgb.getchannel(1)
            rgba = rgb.copy()
            rgba.putalpha(alpha)
            gray = rgb.convert('L')
            la = Image.merge('LA', (gray, alpha))
            few = rgb.quantize(16)
            name = f'{folder}/{w}x{h}'
            def save(image, path, mode, **options):
                image.save(path, **options)
                with open(path + '.raw', 'wb') as raw:
                    raw.write(Image.open(path).convert(mode).tobytes())
            for level in 0, 1, 6, 9:
                save(rgb, f'{name}-rgb-{level}.png', 'RGB', compress_level=level)
                save(rgba, f'{name}-rgba-{level}.png', 'RGBA', compress_level=level)
                save(gray, f'{name}-gray-{level}.png', 'L', compress_level=level)
                save(la, f'{name}-la-{level}.png', 'LA', compress_level=level)
            save(gray.convert('1'), f'{name}-1.png', 'L')
            save(few, f'{name}-4.png', 'RGB', bits=4)
            save(rgb.quantize(200), f'{name}-8.png', 'RGB')
            save(few, f'{name}-key.png', 'RGBA', transparency=1)
            save(rgb, f'{name}.ppm', 'RGB')
            save(gray, f'{name}.pgm', 'L')
            save(gray.convert('1'), f'{name}.pbm', 'L')
            save(rgb, f'{name}-24.bmp', 'RGB')
            save(gray, f'{name}-gray.bmp', 'RGB')
            save(few, f'{name}-colors.bmp', 'RGB')
            save(gray.convert('1'), f'{name}-1.bmp', 'RGB')
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeps");

    public void Dispose() => _folder.Delete(true);

    [PillowFact]
    public void FilesOfPillowDecodeToTheSamePixels()
    {
        string path = Path.Combine(_folder.FullName, "make.py");
        File.WriteAllText(path, Script);
        ProcessStartInfo start = new("/usr/bin/python3", [path, _folder.FullName]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        string[] expected = Directory.GetFiles(_folder.FullName, "*.raw");
        Assert.Equal(5 * 27, expected.Length);
        Assert.All(expected, raw => Assert.Equal(File.ReadAllBytes(raw), DecodedPicture.Of(File.ReadAllBytes(raw[..^4])).Pixels));
    }
}
