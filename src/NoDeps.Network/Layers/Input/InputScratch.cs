using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The scratch that <see cref="InputLanes{S, V}"/> needs with any instruction set.</summary>
internal static class InputLanes
{
    /// <summary>Floats of scratch per tile: 16 addresses of images, and 17 vectors of 16 bytes.</summary>
    public const int ScratchFloats = (Lanes.Count * 8 + (Lanes.Count + 1) * Lanes.Count) / sizeof(float);
}
