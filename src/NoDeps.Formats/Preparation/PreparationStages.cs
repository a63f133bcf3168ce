namespace NoDeps.Formats;

/// <summary>Renders the intermediate stages of <see cref="PicturePreparation"/>, reduced for display.</summary>
public static unsafe class PreparationStages
{
    /// <summary>Renders the gray picture and the ink found in it.</summary>
    /// <param name="pixels">[row][column][channel]; 1 to 4 channels: gray, gray and alpha, RGB, RGBA.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="options">As for <see cref="PicturePreparation.Prepare"/>.</param>
    /// <param name="scratch">Scratch memory of <see cref="PicturePreparation.ScratchBytes"/>, 8-byte aligned.</param>
    /// <param name="gray">Receives toRows × toColumns gray levels.</param>
    /// <param name="ink">Receives as many amounts of ink; 255 is the maximum.</param>
    /// <param name="toRows">At least 1.</param>
    /// <param name="toColumns">At least 1.</param>
    public static void Draw(byte* pixels, int rows, int columns, int channels, in PreparationOptions options, byte* scratch, byte* gray,
        byte* ink, int toRows, int toColumns)
    {
        PicturePreparation.WorkSize(rows, columns, options.Segment, out int workRows, out int workColumns);
        int count = workRows * workColumns;
        double* sums = (double*)scratch;
        float* levels = (float*)(sums + InkMap.ScratchLength(workRows, workColumns)), found = levels + count, background = found + count;
        GrayScaling.Reduce(pixels, rows, columns, channels, levels, workRows, workColumns, background + count);
        PreparationReport report = default;
        bool hasInk = InkMap.Find(levels, workRows, workColumns, options.Polarity, found, background, sums, ref report);
        Scale(levels, workRows, workColumns, background, gray, toRows, toColumns, 1);
        Scale(found, workRows, workColumns, background, ink, toRows, toColumns, hasInk ? 255 : 0);
    }

    private static void Scale(float* from, int rows, int columns, float* scratch, byte* to, int toRows, int toColumns, float factor)
    {
        AreaScaling.Scale(from, columns, rows, columns, scratch, toRows, toColumns);
        for (int i = 0; i < toRows * toColumns; i++) to[i] = (byte)(scratch[i] * factor + 0.5f);
    }
}
