namespace NoDeps.Formats;

/// <summary>The header of a scan: T.81 B.2.3.</summary>
internal unsafe struct JpegScan
{
    /// <summary>How many components it has.</summary>
    public int Count;
    /// <summary>Which ones, by their place in the frame header.</summary>
    public fixed int Components[JpegState.MostComponents];
    /// <summary>First coefficient of the spectral selection, in zigzag order.</summary>
    public int First;
    /// <summary>Last coefficient of the spectral selection.</summary>
    public int Last;
    /// <summary>How many low bits the scan before left out; 0: there was none.</summary>
    public int High;
    /// <summary>How many low bits this scan leaves out.</summary>
    public int Low;
    /// <summary>Blocks that end without further coefficients of this band.</summary>
    public int EndRun;
}
