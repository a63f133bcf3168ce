namespace NoDeps.Formats;

/// <summary>What a picture's header says.</summary>
public struct PictureInfo
{
    /// <summary>Format.</summary>
    public PictureFormat Format;
    /// <summary>Columns.</summary>
    public int Width;
    /// <summary>Rows.</summary>
    public int Height;
    /// <summary>Channels.</summary>
    public int Channels;
    /// <summary>Bytes of pixels.</summary>
    public long OutputBytes;
    /// <summary>Bytes of scratch.</summary>
    public long ScratchBytes;
}
