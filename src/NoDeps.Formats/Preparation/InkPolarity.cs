namespace NoDeps.Formats;

/// <summary>The polarity of a picture's ink relative to its background.</summary>
public enum InkPolarity : byte
{
    /// <summary>To be determined from the picture.</summary>
    Auto,
    /// <summary>Dark ink on a light background, such as a pen on paper: inverted for the network.</summary>
    Dark,
    /// <summary>Light ink on a dark background, as in MNIST.</summary>
    Light,
}
