namespace NoDeps.Formats;

/// <summary>How numbers become pixels of 0 to 255; a user is told where it is not <see cref="AsIs"/>.</summary>
public enum PixelScale : byte
{
    /// <summary>Not known yet.</summary>
    None,
    /// <summary>Whole numbers from 0 to 255, taken as they are.</summary>
    AsIs,
    /// <summary>Numbers from 0 to 1 of a floating-point or Boolean type, times 255 and rounded to nearest.</summary>
    Times255,
}
