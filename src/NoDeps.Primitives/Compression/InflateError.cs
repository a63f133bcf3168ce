namespace NoDeps.Primitives;

/// <summary>The reasons for which <see cref="Inflate"/> rejects a stream.</summary>
internal enum InflateError
{
    None,
    Truncated,
    OutputFull,
    BadBlockType,
    BadStoredLength,
    TooManyCodes,
    BadCodeLengthCode,
    BadRepeat,
    NoEndOfBlock,
    BadLiteralCode,
    BadDistanceCode,
    UnknownLiteral,
    UnknownDistance,
    TooFarBack,
}
