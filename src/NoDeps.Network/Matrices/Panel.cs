namespace NoDeps.Network;

/// <summary>The block sizes of a matrix product.</summary>
internal static class Panel
{
    /// <summary>Columns of a panel: four of 16 lanes.</summary>
    public const int Columns = 64;

    /// <summary>Maximum rows that are multiplied by a panel at once.</summary>
    public const int MaxRows = 6;
}
