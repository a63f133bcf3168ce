namespace System.Runtime.Intrinsics.X86;

public enum FloatComparisonMode : byte
{
    OrderedEqualNonSignaling = 0,
    OrderedLessThanSignaling = 1,
    OrderedLessThanOrEqualSignaling = 2,
    UnorderedNonSignaling = 3,
    UnorderedNotEqualNonSignaling = 4,
    OrderedNonSignaling = 7,
    OrderedGreaterThanOrEqualSignaling = 13,
    OrderedGreaterThanSignaling = 14,
    OrderedLessThanNonSignaling = 17,
    OrderedLessThanOrEqualNonSignaling = 18,
    OrderedGreaterThanOrEqualNonSignaling = 29,
    OrderedGreaterThanNonSignaling = 30,
}
