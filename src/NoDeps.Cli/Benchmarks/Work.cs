namespace NoDeps.Cli;

/// <summary>Work to be measured; everything that it needs is set up before.</summary>
internal abstract class Work
{
    /// <summary>Does it once.</summary>
    public abstract void Once();
}
