namespace NoDeps.Formats;

/// <summary>How numbers are converted to pixels of 0 to 255; anything but <see cref="AsIs"/> is reported to the user.</summary>
public enum PixelScale : byte
{
    /// <summary>Not yet determined.</summary>
    None,
    /// <summary>Integers from 0 to 255, used unchanged.</summary>
    AsIs,
    /// <summary>Numbers from 0 to 1 of a floating-point or Boolean type, multiplied by 255 and rounded to nearest.</summary>
    Times255,
}
