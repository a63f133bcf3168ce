namespace NoDeps.Formats;

/// <summary>Element type of an IDX file: the third byte of its magic number.</summary>
public enum IdxType : byte
{
    /// <summary>Unsigned byte.</summary>
    UInt8 = 0x08,
    /// <summary>Signed byte.</summary>
    Int8 = 0x09,
    /// <summary>Signed, 2 bytes, big-endian.</summary>
    Int16 = 0x0B,
    /// <summary>Signed, 4 bytes, big-endian.</summary>
    Int32 = 0x0C,
    /// <summary>IEEE 754 single precision, big-endian.</summary>
    Float32 = 0x0D,
    /// <summary>IEEE 754 double precision, big-endian.</summary>
    Float64 = 0x0E,
}
