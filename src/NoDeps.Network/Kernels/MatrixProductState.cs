namespace NoDeps.Network;

/// <summary>A product of two matrices, C = A·B, divided among workers by columns.</summary>
internal unsafe struct MatrixProductState
{
    /// <summary>Columns of a panel: four of 16 lanes.</summary>
    public const int Panel = 64;

    /// <summary>Rows of a panel beside B's: room for a block of the result.</summary>
    public const int RoomRows = 6;

    /// <summary>The factors and the result, whose elements of a row are consecutive.</summary>
    public Matrix A, B, C;
    /// <summary>Room for a panel for each item, <see cref="PanelStep"/> floats apart.</summary>
    public float* Panels;
    public nint PanelStep;
    /// <summary>Pieces of the work, at least 1.</summary>
    public int Items;
    /// <summary>Six zeros.</summary>
    public float* Zeros;
}
