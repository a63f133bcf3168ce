namespace NoDeps.Formats;

/// <summary>
/// Scales a picture to a network's input by area averaging, without any other preparation: each pixel of the input is the mean of the
/// area of the picture that it covers, which may be less than one pixel. The aspect ratio is not preserved.
/// </summary>
public static unsafe class PictureScaling
{
    /// <summary>Scales a picture.</summary>
    /// <param name="pixels">[row][column][channel]; 1 to 4 channels: gray, gray and alpha, RGB, RGBA.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="to">Receives toChannels × toRows × toColumns bytes, planar.</param>
    /// <param name="toChannels">1: gray (BT.601); 3: RGB, with three equal channels if the picture is gray.</param>
    /// <param name="toRows">At least 1.</param>
    /// <param name="toColumns">At least 1.</param>
    /// <param name="invert">Replaces each value v by 255 − v.</param>
    public static void Scale(byte* pixels, int rows, int columns, int channels, byte* to, int toChannels, int toRows, int toColumns,
        bool invert)
    {
        bool hasAlpha = channels == 2 || channels == 4;
        float background = hasAlpha ? GrayScaling.BackgroundOf(pixels, (long)rows * columns, channels) : 0;
        double height = (double)rows / toRows, width = (double)columns / toColumns;
        for (int c = 0; c < toChannels; c++)
        {
            for (int y = 0; y < toRows; y++)
            {
                for (int x = 0; x < toColumns; x++)
                {
                    double sum = 0, area = 0;
                    for (int row = (int)(y * height); row < rows && row < (y + 1) * height; row++)
                    {
                        double share = AreaScaling.Overlap(row, y * height, height);
                        if (share <= 0) continue;
                        byte* line = pixels + (long)row * columns * channels;
                        for (int column = (int)(x * width); column < columns && column < (x + 1) * width; column++)
                        {
                            double part = share * AreaScaling.Overlap(column, x * width, width);
                            sum += part * ValueOf(line + (long)column * channels, channels, toChannels == 1 ? -1 : c, background);
                            area += part;
                        }
                    }
                    double value = area > 0 ? sum / area : 0;
                    *to++ = (byte)((invert ? 255 - value : value) + 0.5);
                }
            }
        }
    }

    /// <summary>A channel of a pixel, or its gray level (channel −1), blended with the background according to alpha.</summary>
    private static double ValueOf(byte* pixel, int channels, int channel, float background)
    {
        double value = channels < 3 ? pixel[0] : channel >= 0 ? pixel[channel] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
        if (channels == 2 || channels == 4) value = background + (value - background) * pixel[channels - 1] / 255;
        return value;
    }
}
