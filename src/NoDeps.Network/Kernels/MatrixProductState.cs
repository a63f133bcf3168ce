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
    /// <summary>The kernels.</summary>
    public delegate*<in Matrix, int, float*, int, void> Pack;
    public delegate*<in Matrix, int, int, float*, nint, float*, nint, int, float*, void> Multiply;

    /// <summary>Some panels of a product; the context is a <see cref="MatrixProductState"/>.</summary>
    public static void Item(void* context, int item)
    {
        MatrixProductState* s = (MatrixProductState*)context;
        float* panel = s->Panels + item * s->PanelStep;
        Matrix c = s->C;
        int panels = (c.Columns + Panel - 1) / Panel;
        int end = (int)((long)panels * (item + 1) / s->Items);
        for (int p = (int)((long)panels * item / s->Items); p < end; p++)
        {
            // The last panel begins early enough to be whole: some sums come out twice, with the same bits.
            int column = p * Panel;
            if (column + Panel > c.Columns) column = c.Columns < Panel ? 0 : c.Columns - Panel;
            s->Pack(in s->B, column, panel, 1);
            if (c.Columns >= Panel)
            {
                s->Multiply(in s->A, 0, c.Rows, panel, Panel, c.At(0, column), c.RowStep, Panel, s->Zeros);
                continue;
            }
            // Fewer columns than a panel has: by way of the room.
            float* room = panel + (nint)s->B.Rows * Panel;
            for (int i = 0; i < c.Rows; i++)
            {
                if (i % RoomRows == 0)
                {
                    int rows = c.Rows - i < RoomRows ? c.Rows - i : RoomRows;
                    s->Multiply(in s->A, i, rows, panel, Panel, room, Panel, Panel, s->Zeros);
                }
                for (int j = 0; j < c.Columns; j++) *c.At(i, j) = room[i % RoomRows * Panel + j];
            }
        }
    }
}
