namespace NoDeps.Formats;

/// <summary>Which pieces of ink make a digit together.</summary>
internal static unsafe class DigitGrouping
{
    private const double SpeckShare = 0.04;
    private const double MinHeightShare = 0.35;

    /// <summary>All pieces but specks are one digit.</summary>
    /// <returns>The rectangle around it.</returns>
    public static InkComponent Single(InkComponent* pieces, int count, out int specks)
    {
        int largest = 0;
        specks = 0;
        for (int i = 1; i < count; i++) if (pieces[i].Area > pieces[largest].Area) largest = i;
        InkComponent digit = pieces[largest];
        pieces[largest].Digit = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == largest) continue;
            if (pieces[i].Area < SpeckShare * pieces[largest].Area)
            {
                specks++;
                continue;
            }
            pieces[i].Digit = 0;
            digit.Include(in pieces[i]);
        }
        return digit;
    }

    /// <summary>
    /// Pieces above each other are one digit; what is much lower than the highest is a speck. Digits are numbered from left to
    /// right.
    /// </summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="count">How many.</param>
    /// <param name="digits">Takes the rectangles around the digits.</param>
    /// <param name="maxDigits">How many there is room for; later ones are left out.</param>
    /// <param name="specks">Pieces that belong to no digit.</param>
    /// <returns>How many digits there are.</returns>
    public static int Row(InkComponent* pieces, int count, InkComponent* digits, int maxDigits, out int specks)
    {
        int highest = 0, largest = 0, found = 0;
        specks = 0;
        for (int i = 0; i < count; i++) if (pieces[i].Area > largest) largest = pieces[i].Area;
        for (int i = 0; i < count; i++)
        {
            if (pieces[i].Area < SpeckShare * largest) continue;
            int height = pieces[i].Bottom - pieces[i].Top;
            if (height > highest) highest = height;
        }
        // From left to right, each piece joins the digit that it lies above or below of.
        for (int next = NextFromLeft(pieces, count, -1); next >= 0; next = NextFromLeft(pieces, count, next))
        {
            if (pieces[next].Area < SpeckShare * largest) continue;
            if (found > 0 && Overlaps(in digits[found - 1], in pieces[next])) digits[found - 1].Include(in pieces[next]);
            else if (found < maxDigits) digits[found++] = pieces[next];
            else continue;
            pieces[next].Digit = found - 1;
        }
        return DropLow(pieces, count, digits, found, highest, out specks);
    }

    /// <summary>The piece that begins next to the right of a piece, or with it and has a larger number.</summary>
    private static int NextFromLeft(InkComponent* pieces, int count, int after)
    {
        int next = -1;
        for (int i = 0; i < count; i++)
        {
            bool isLater = after < 0 || pieces[i].Left > pieces[after].Left || (pieces[i].Left == pieces[after].Left && i > after);
            if (isLater && (next < 0 || pieces[i].Left < pieces[next].Left)) next = i;
        }
        return next;
    }

    private static bool Overlaps(in InkComponent digit, in InkComponent piece)
    {
        int overlap = (digit.Right < piece.Right ? digit.Right : piece.Right) - (digit.Left > piece.Left ? digit.Left : piece.Left);
        int width = digit.Right - digit.Left < piece.Right - piece.Left ? digit.Right - digit.Left : piece.Right - piece.Left;
        return 2 * overlap > width;
    }

    private static int DropLow(InkComponent* pieces, int count, InkComponent* digits, int found, int highest, out int specks)
    {
        int kept = 0;
        for (int d = 0; d < found; d++)
        {
            bool isLow = digits[d].Bottom - digits[d].Top < MinHeightShare * highest;
            for (int i = 0; i < count; i++) if (pieces[i].Digit == d) pieces[i].Digit = isLow ? -1 : kept;
            if (!isLow) digits[kept++] = digits[d];
        }
        specks = 0;
        for (int i = 0; i < count; i++) if (pieces[i].Digit < 0) specks++;
        return kept;
    }
}
