using System.Diagnostics;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>
/// Files of every kind made by Pillow and by ImageMagick, and Pillow's pixels of them: ours must be the same, for
/// libjpeg-turbo's arithmetic is ours.
/// </summary>
public sealed class JpegOracleTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeps-jpeg");

    public void Dispose() => _folder.Delete(true);

    private const string Picture = """
        import glob, os, random, subprocess, sys
        from PIL import Image, ImageOps
        folder = sys.argv[1]
        random.seed(7)
        def picture(w, h):
            small = Image.new('RGB', (w // 6 + 2, h // 6 + 2))
            small.putdata([tuple(random.randrange(256) for _ in 'RGB') for _ in range(small.width * small.height)])
            smooth = small.resize((w, h), Image.BICUBIC)
            noise = Image.new('RGB', (w, h))
            noise.putdata([tuple(random.randrange(256) for _ in 'RGB') for _ in range(w * h)])
            return Image.blend(smooth, noise, 0.06)
        def write(upright):
            for path in glob.glob(folder + '/*.jpg'):
                image = Image.open(path)
                if upright:
                    image = ImageOps.exif_transpose(image)
                if image.mode not in ('L', 'RGB'):
                    image = image.convert('RGB')
                open(path + '.raw', 'wb').write(image.tobytes())

        """;

    private const string PillowMatrix = Picture + """
        for w, h in (1, 1), (2, 3), (3, 2), (5, 5), (8, 8), (17, 16), (33, 47), (100, 71):
            image = picture(w, h)
            name = f'{folder}/{w}x{h}'
            for quality in 25, 75, 100:
                for sub in 0, 1, 2:
                    for progressive in False, True:
                        image.save(f'{name}-{quality}-{sub}-{progressive}.jpg', quality=quality, subsampling=sub,
                                   progressive=progressive, optimize=quality == 75)
            for progressive in False, True:
                image.convert('L').save(f'{name}-gray-{progressive}.jpg', progressive=progressive)
                image.convert('CMYK').save(f'{name}-cmyk-{progressive}.jpg', progressive=progressive)
        write(False)
        """;

    private const string MagickMatrix = Picture + """
        for w, h in (1, 1), (3, 2), (17, 16), (33, 47), (100, 71):
            source = f'{folder}/source.png'
            picture(w, h).save(source)
            for factors in '1x1', '2x1', '2x2', '1x2', '4x1', '4x2', '1x4', '2x4':
                for interlace in 'none', 'Plane':
                    subprocess.run(['convert', source, '-interlace', interlace, '-sampling-factor', factors, '-quality', '80',
                                    f'{folder}/{w}x{h}-{factors}-{interlace}.jpg'], check=True)
            subprocess.run(['convert', source, '-colorspace', 'CMYK', f'{folder}/{w}x{h}-cmyk.jpg'], check=True)
        write(False)
        """;

    private const string RestartMatrix = Picture + """
        for w, h in (1, 1), (17, 16), (33, 47), (100, 71):
            source = f'{folder}/source.ppm'
            picture(w, h).save(source)
            for interval in '1', '2', '1B', '3B', '7B':
                for name, options in dict(f420=['-sample', '2x2'], f422=['-sample', '2x1'], f444=['-sample', '1x1'], gray=['-grayscale'],
                                          optimized=['-optimize'], progressive=['-progressive']).items():
                    path = f'{folder}/{w}x{h}-{interval}-{name}.jpg'
                    subprocess.run(['cjpeg', '-restart', interval, *options, '-outfile', path, source], check=True)
                    assert b'\xff\xdd\0\4' in open(path, 'rb').read()
        write(False)
        """;

    private const string Orientations = Picture + """
        for orientation in range(1, 9):
            exif = Image.Exif()
            exif[0x0112] = orientation
            picture(37, 22).save(f'{folder}/{orientation}.jpg', exif=exif)
        write(True)
        """;

    private Dictionary<string, byte[]> Make(string script)
    {
        string path = Path.Combine(_folder.FullName, "make.py");
        File.WriteAllText(path, script);
        using Process process = Process.Start(new ProcessStartInfo(Python, [path, _folder.FullName]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return Directory.EnumerateFiles(_folder.FullName, "*.jpg").ToDictionary(file => file, file => File.ReadAllBytes(file + ".raw"));
    }

    private void AllAgree(string script, int atLeast)
    {
        Dictionary<string, byte[]> pictures = Make(script);
        Assert.True(pictures.Count >= atLeast);
        Assert.All(pictures, picture => Assert.Equal(picture.Value, JpegPicture.Of(File.ReadAllBytes(picture.Key)).Pixels));
    }

    [PillowFact]
    public void FilesOfPillowDecodeToTheSamePixels() => AllAgree(PillowMatrix, 170);

    [PillowFact("convert")]
    public void FilesOfImageMagickDecodeToTheSamePixels() => AllAgree(MagickMatrix, 80);

    [PillowFact("cjpeg")]
    public void FilesWithRestartIntervalsDecodeToTheSamePixels() => AllAgree(RestartMatrix, 120);

    [PillowFact]
    public unsafe void Turned_pictures_are_those_of_Pillow()
    {
        Dictionary<string, byte[]> pictures = Make(Orientations);
        Assert.Equal(8, pictures.Count);
        foreach ((string path, byte[] expected) in pictures)
        {
            JpegPicture picture = JpegPicture.Of(File.ReadAllBytes(path));
            Assert.Equal(Path.GetFileNameWithoutExtension(path), $"{picture.Orientation}");
            byte[] upright = new byte[picture.Pixels.Length];
            fixed (byte* from = picture.Pixels, to = upright)
                NoDeps.Formats.PictureOrientation.Apply(from, picture.Width, picture.Height, 3, picture.Orientation, to);
            Assert.Equal(expected, upright);
        }
    }
}
