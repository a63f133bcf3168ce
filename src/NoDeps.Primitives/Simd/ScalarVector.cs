namespace NoDeps.Primitives;

/// <summary>The vector type of <see cref="ScalarLanes"/>: <see cref="Lanes.Count"/> adjacent floats.</summary>
public unsafe struct ScalarVector
{
    /// <summary>The floats.</summary>
    public fixed float Items[Lanes.Count];
}
