namespace NoDeps.Primitives;

/// <summary>What <see cref="Inflate"/> can find wrong.</summary>
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
