namespace NoDeps.Network;

/// <summary>Columns of a matrix that a product reads together, and their fellows in the other matrix.</summary>
internal static class Panel
{
    /// <summary>Columns of a panel: four of 16 lanes.</summary>
    public const int Columns = 64;

    /// <summary>Most rows that meet a panel at once.</summary>
    public const int MaxRows = 6;
}
