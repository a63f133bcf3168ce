namespace NoDeps.Primitives;

/// <summary>The vector of <see cref="ScalarLanes"/>: <see cref="Lanes.Count"/> floats side by side.</summary>
public unsafe struct ScalarVector
{
    /// <summary>The floats.</summary>
    public fixed float Items[Lanes.Count];
}
