namespace NoDeps.Network;

/// <summary>How a region is divided.</summary>
internal enum RegionMode : byte
{
    /// <summary>By tiles of 16 samples.</summary>
    Tiles,
    /// <summary>By blocks of 16 channels, each for all tiles.</summary>
    Channels,
    /// <summary>Serial.</summary>
    Serial,
}
