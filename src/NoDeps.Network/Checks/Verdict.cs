namespace NoDeps.Network;

/// <summary>How a tensor compares with its reference.</summary>
public enum Verdict : byte
{
    /// <summary>Within the tolerance.</summary>
    Within,
    /// <summary>Beyond the tolerance, but not beyond what rounding does to this tensor in this network.</summary>
    Rounding,
    /// <summary>A wrong result.</summary>
    Wrong,
}
