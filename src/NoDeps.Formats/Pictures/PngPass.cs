namespace NoDeps.Formats;

/// <summary>One of Adam7's seven passes over a picture, or the only one of a picture that is not interlaced.</summary>
internal readonly struct PngPass
{
    internal const int Interlaced = 7;

    public readonly int Left;
    public readonly int Top;
    public readonly int StepX;
    public readonly int StepY;
    /// <summary>Columns and rows of this pass; either may be 0, and the pass is left out then.</summary>
    public readonly int Width;
    public readonly int Height;

    public PngPass(in PngHeader header, int pass)
    {
        StepX = StepY = 1;
        if (header.Interlaced)
        {
            StepX = pass < 2 ? 8 : pass < 4 ? 4 : pass < 6 ? 2 : 1;
            StepY = pass < 3 ? 8 : pass < 5 ? 4 : 2;
            Left = pass switch { 1 => 4, 3 => 2, 5 => 1, _ => 0 };
            Top = pass switch { 2 => 4, 4 => 2, 6 => 1, _ => 0 };
        }
        // No overflow: the step is at most 8, the sum is taken in 64 bits.
        Width = Left >= header.Width ? 0 : (int)(((long)header.Width - Left + StepX - 1) / StepX);
        Height = Top >= header.Height ? 0 : (int)(((long)header.Height - Top + StepY - 1) / StepY);
    }

    /// <summary>Bytes of the pass's filtered rows.</summary>
    public long FilteredBytes(in PngHeader header) => Width == 0 ? 0 : (header.RowBytes(Width) + 1) * Height;
}
