using System;

namespace NoDeps.Formats;

/// <summary>
/// A picture scaled by area to a network's input and nothing else: every pixel of the input is the mean of the part of the picture
/// that it covers, or a part of a pixel. Proportions are not kept.
/// </summary>
public static unsafe class PictureScaling
{
    /// <summary>Scales.</summary>
    /// <param name="pixels">[row][column][channel]; 1 to 4 channels: gray, gray and alpha, RGB, RGBA.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="to">Takes toChannels × toRows × toColumns bytes, channel by channel.</param>
    /// <param name="toChannels">1: gray (BT.601); 3: RGB, which a gray picture fills with the same three times.</param>
    /// <param name="toRows">At least 1.</param>
    /// <param name="toColumns">At least 1.</param>
    /// <param name="invert">Makes 255 less its value of every pixel.</param>
    public static void Scale(byte* pixels, int rows, int columns, int channels, byte* to, int toChannels, int toRows, int toColumns,
        bool invert)
    {
        bool hasAlpha = channels == 2 || channels == 4;
        float ground = hasAlpha ? GrayScaling.GroundOf(pixels, (long)rows * columns, channels) : 0;
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
                            sum += part * ValueOf(line + (long)column * channels, channels, toChannels == 1 ? -1 : c, ground);
                            area += part;
                        }
                    }
                    double value = area > 0 ? sum / area : 0;
                    *to++ = (byte)((invert ? 255 - value : value) + 0.5);
                }
            }
        }
    }

    /// <summary>A channel of a pixel, or its gray level (channel −1), where it is transparent mixed with the ground.</summary>
    private static double ValueOf(byte* pixel, int channels, int channel, float ground)
    {
        double value = channels < 3 ? pixel[0] : channel >= 0 ? pixel[channel] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
        if (channels == 2 || channels == 4) value = ground + (value - ground) * pixel[channels - 1] / 255;
        return value;
    }
}
