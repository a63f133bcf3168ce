using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The forms in which an array can hold labels.</summary>
public enum LabelForm : byte
{
    /// <summary>Not yet determined.</summary>
    None,
    /// <summary>One number per image: N, or N×1.</summary>
    Plain,
    /// <summary>One-hot: N×K, 1 at the class and 0 elsewhere.</summary>
    OneHot,
    /// <summary>QMNIST: N×8 integers, of which the first is the class.</summary>
    FirstOfEight,
}

/// <summary>Converts labels of any element type and form to bytes.</summary>
public static unsafe class NumericLabels
{
    private const int MaxClasses = 256;
    private const int Block = 1024;

    /// <summary>
    /// Recognizes the form: N and N×1 are plain and N×K is one-hot, except that N×8 int32 is QMNIST's form unless every row
    /// is one-hot. There must be at least one label, and at most 256 numbers per row.
    /// </summary>
    public static Fault Recognize(scoped in NumericArray array, out LabelForm form)
    {
        form = LabelForm.None;
        if (array.Rank == 0) return Fault.Numbers(FaultKind.Data, "wrong number of dimensions for labels"u8, 1, 0);
        if (array.Count == 0) return Fault.Of(FaultKind.Data, "no labels: a dimension is 0"u8);
        long row = array.Count / array.Dimension(0);
        if (array.Rank > 2 && row > 1)
            return Fault.Numbers(FaultKind.Data, "images where labels are expected: wrong number of dimensions\n"u8 +
                "labels are one number per image (N, N×1) or one-hot rows (N×classes)"u8, 1, array.Rank);
        if (row > MaxClasses)
            return Fault.Numbers(FaultKind.Data, "the rows of the labels are too long\n"u8 + "are these images?"u8, MaxClasses, row);
        form = row == 1 ? LabelForm.Plain : LabelForm.OneHot;
        if (row == 8 && array.Type == NumericType.Int32 && !IsOneHot(array, (int)row)) form = LabelForm.FirstOfEight;
        return Fault.None;
    }

    /// <summary>
    /// Writes one byte per entry of the first dimension. A number that is not an integer from 0 to 255, or a row that is not
    /// one-hot where it must be, is a fault with index and value; the output is then undefined.
    /// </summary>
    /// <param name="array">The labels.</param>
    /// <param name="form">Their form, from <see cref="Recognize"/>.</param>
    /// <param name="to">Receives one byte per entry of the first dimension.</param>
    public static Fault Convert(scoped in NumericArray array, LabelForm form, byte* to)
    {
        long labels = array.Dimension(0);
        if (form == LabelForm.None || labels == 0 || array.Count / labels > MaxClasses)
            return Fault.Of(FaultKind.Software, "labels without a valid form"u8);
        int row = (int)(array.Count / labels);
        double* block = stackalloc double[Block];
        if (form == LabelForm.Plain)
        {
            for (long at = 0; at < labels; at += Block)
            {
                int count = (int)System.Math.Min(Block, labels - at);
                array.Load(at, count, block);
                for (int i = 0; i < count; i++)
                {
                    if (!IsLabel(block[i])) return NotALabel(array, at + i, block[i]);
                    to[at + i] = (byte)(int)block[i];
                }
            }
            return Fault.None;
        }
        for (long i = 0; i < labels; i++)
        {
            int count = form == LabelForm.OneHot ? row : 1;
            array.Load(i * row, count, block);
            if (form == LabelForm.FirstOfEight)
            {
                if (!IsLabel(block[0])) return NotALabel(array, i * row, block[0]);
                to[i] = (byte)(int)block[0];
                continue;
            }
            int hot = HotIndex(block, row, out int wrong);
            if (hot < 0)
                return ElementFault.At(array.OffsetOf(i * row + wrong), i * row + wrong, block[wrong],
                    "does not belong in a one-hot row\n"u8 + "a row of labels has a single 1, and 0 elsewhere"u8);
            to[i] = (byte)hot;
        }
        return Fault.None;
    }

    private static bool IsLabel(double value) => value >= 0 && value <= 255 && value == (int)value;

    private static Fault NotALabel(scoped in NumericArray array, long index, double value) =>
        ElementFault.At(array.OffsetOf(index), index, value, "is not a label\n"u8 + "labels are integers from 0 to 255"u8);

    private static bool IsOneHot(scoped in NumericArray array, int row)
    {
        double* block = stackalloc double[MaxClasses];
        for (long i = 0; i < array.Dimension(0); i++)
        {
            array.Load(i * row, row, block);
            if (HotIndex(block, row, out _) < 0) return false;
        }
        return true;
    }

    /// <summary>The index of the single 1 among zeros; −1, and the index of the first wrong element, if the row is not one-hot.</summary>
    private static int HotIndex(double* block, int row, out int wrong)
    {
        int hot = -1;
        for (wrong = 0; wrong < row; wrong++)
        {
            if (block[wrong] == 0) continue;
            if (block[wrong] != 1 || hot >= 0) return -1;
            hot = wrong;
        }
        wrong = row - 1;
        return hot;
    }
}
