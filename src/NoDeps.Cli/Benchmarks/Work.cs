namespace NoDeps.Cli;

/// <summary>Work to be measured; everything it needs is set up in advance.</summary>
internal abstract class Work
{
    /// <summary>Does it once.</summary>
    public abstract void Once();
}
