namespace NoDeps.Formats;

/// <summary>What <see cref="PicturePreparation"/> works with on its way, small enough to be drawn.</summary>
public static unsafe class PreparationStages
{
    /// <summary>Draws the gray picture and the ink that was found in it.</summary>
    /// <param name="pixels">[row][column][channel]; 1 to 4 channels: gray, gray and alpha, RGB, RGBA.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="options">As for <see cref="PicturePreparation.Prepare"/>.</param>
    /// <param name="room">As many bytes as <see cref="PicturePreparation.RoomFor"/> says, 8-byte aligned.</param>
    /// <param name="gray">Takes toRows × toColumns gray levels.</param>
    /// <param name="ink">Takes as many amounts of ink, 255 being the most.</param>
    /// <param name="toRows">At least 1.</param>
    /// <param name="toColumns">At least 1.</param>
    public static void Draw(byte* pixels, int rows, int columns, int channels, in PreparationOptions options, byte* room, byte* gray,
        byte* ink, int toRows, int toColumns)
    {
        PicturePreparation.WorkSize(rows, columns, options.Segment, out int workRows, out int workColumns);
        int count = workRows * workColumns;
        double* sums = (double*)room;
        float* levels = (float*)(sums + InkMap.RoomFor(workRows, workColumns)), found = levels + count, ground = found + count;
        GrayScaling.Reduce(pixels, rows, columns, channels, levels, workRows, workColumns, ground + count);
        PreparationReport report = default;
        bool hasInk = InkMap.Find(levels, workRows, workColumns, options.Polarity, found, ground, sums, ref report);
        Scale(levels, workRows, workColumns, ground, gray, toRows, toColumns, 1);
        Scale(found, workRows, workColumns, ground, ink, toRows, toColumns, hasInk ? 255 : 0);
    }

    private static void Scale(float* from, int rows, int columns, float* room, byte* to, int toRows, int toColumns, float factor)
    {
        AreaScaling.Scale(from, columns, rows, columns, room, toRows, toColumns);
        for (int i = 0; i < toRows * toColumns; i++) to[i] = (byte)(room[i] * factor + 0.5f);
    }
}
