namespace NoDeps.Formats;

/// <summary>One of the seven Adam7 passes, or the single pass of a picture that is not interlaced.</summary>
internal readonly struct PngPass
{
    internal const int Interlaced = 7;

    public readonly int Left;
    public readonly int Top;
    public readonly int StepX;
    public readonly int StepY;
    /// <summary>Columns and rows of this pass; if either is 0, the pass is absent.</summary>
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
        // Computed in 64 bits, so the sum cannot overflow.
        Width = Left >= header.Width ? 0 : (int)(((long)header.Width - Left + StepX - 1) / StepX);
        Height = Top >= header.Height ? 0 : (int)(((long)header.Height - Top + StepY - 1) / StepY);
    }

    /// <summary>Size of the pass's filtered rows in bytes.</summary>
    public long FilteredBytes(in PngHeader header) => Width == 0 ? 0 : (header.RowBytes(Width) + 1) * Height;
}
