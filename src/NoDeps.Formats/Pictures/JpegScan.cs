namespace NoDeps.Formats;

/// <summary>The header of a scan: T.81 B.2.3.</summary>
internal unsafe struct JpegScan
{
    /// <summary>The number of components.</summary>
    public int Count;
    /// <summary>The components, by their index in the frame header.</summary>
    public fixed int Components[JpegState.MaxComponents];
    /// <summary>First coefficient of the spectral selection, in zigzag order.</summary>
    public int First;
    /// <summary>Last coefficient of the spectral selection.</summary>
    public int Last;
    /// <summary>The number of low bits that the previous scan omitted; 0 for a first scan.</summary>
    public int High;
    /// <summary>The number of low bits that this scan omits.</summary>
    public int Low;
    /// <summary>The remaining end-of-band run: blocks without further coefficients in this band.</summary>
    public int EndRun;
}
