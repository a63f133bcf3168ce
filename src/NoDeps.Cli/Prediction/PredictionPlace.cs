using System;

namespace NoDeps.Cli;

/// <summary>Identifies the image that a prediction is about.</summary>
internal ref struct PredictionPlace
{
    /// <summary>The file.</summary>
    public ReadOnlySpan<byte> Path;
    /// <summary>The image's number in an IDX file; −1 for a picture.</summary>
    public int Image = -1;
    /// <summary>The digit's number in a picture of several, from the left; −1 for a picture of one.</summary>
    public int Digit = -1;
    /// <summary>The class in a labels file; −1 if there is none.</summary>
    public int Truth = -1;

    public PredictionPlace(ReadOnlySpan<byte> path) => Path = path;
}
