namespace NoDeps.Cli;

/// <summary>How predict tells its results.</summary>
internal struct PredictStyle
{
    /// <summary>One line of JSON an image.</summary>
    public bool Json;

    /// <summary>Each image drawn above its line.</summary>
    public bool Show;
}
