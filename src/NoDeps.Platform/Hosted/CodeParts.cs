namespace NoDeps.Platform;

/// <summary>The JIT compiles what is called when it is called: nothing to do.</summary>
internal static class CodeParts
{
    /// <summary>Does nothing.</summary>
    public static void LoadSeldom()
    {
    }
}
