namespace NoDeps.Formats;

/// <summary>Formats of pictures.</summary>
public enum PictureFormat : byte
{
    /// <summary>None that is known.</summary>
    None,
    /// <summary>JPEG.</summary>
    Jpeg,
    /// <summary>Netpbm's P5 and P6.</summary>
    Pnm,
}
