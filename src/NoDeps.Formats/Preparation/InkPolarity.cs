namespace NoDeps.Formats;

/// <summary>Whether a picture's ink is darker or lighter than its ground.</summary>
public enum InkPolarity : byte
{
    /// <summary>To be found out from the picture.</summary>
    Auto,
    /// <summary>Dark ink on a light ground, such as a pen on paper: inverted for the network.</summary>
    Dark,
    /// <summary>Light ink on a dark ground, as MNIST has it.</summary>
    Light,
}
