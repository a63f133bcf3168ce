using System;

namespace NoDeps.Formats;

/// <summary>Groups connected components of ink into digits.</summary>
internal static unsafe class DigitGrouping
{
    private const double SpeckShare = 0.04;
    private const double MinHeightShare = 0.35;

    /// <summary>Takes all components except specks as one digit.</summary>
    /// <returns>The bounding box of the digit.</returns>
    public static InkComponent Single(InkComponent* components, int count, out int specks)
    {
        int largest = 0;
        specks = 0;
        for (int i = 1; i < count; i++) if (components[i].Area > components[largest].Area) largest = i;
        InkComponent digit = components[largest];
        components[largest].Digit = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == largest) continue;
            if (components[i].Area < SpeckShare * components[largest].Area)
            {
                specks++;
                continue;
            }
            components[i].Digit = 0;
            digit.Include(in components[i]);
        }
        return digit;
    }

    /// <summary>
    /// Finds digits in a row: components above each other form one digit; those much shorter than the tallest are specks. Digits
    /// are numbered from left to right.
    /// </summary>
    /// <param name="components">The components.</param>
    /// <param name="count">The number of components.</param>
    /// <param name="digits">Receives the bounding boxes of the digits.</param>
    /// <param name="maxDigits">The capacity of <paramref name="digits"/>; further digits are omitted.</param>
    /// <param name="specks">The number of components that belong to no digit.</param>
    /// <returns>The number of digits.</returns>
    public static int Row(InkComponent* components, int count, InkComponent* digits, int maxDigits, out int specks)
    {
        int highest = 0, largest = 0, found = 0;
        specks = 0;
        for (int i = 0; i < count; i++) if (components[i].Area > largest) largest = components[i].Area;
        for (int i = 0; i < count; i++)
        {
            if (components[i].Area < SpeckShare * largest) continue;
            int height = components[i].Bottom - components[i].Top;
            if (height > highest) highest = height;
        }
        // From left to right, each component joins the previous digit if it is above or below it.
        for (int next = NextFromLeft(components, count, -1); next >= 0; next = NextFromLeft(components, count, next))
        {
            if (components[next].Area < SpeckShare * largest) continue;
            if (found > 0 && Overlaps(in digits[found - 1], in components[next])) digits[found - 1].Include(in components[next]);
            else if (found < maxDigits) digits[found++] = components[next];
            else continue;
            components[next].Digit = found - 1;
        }
        return DropLow(components, count, digits, found, highest, out specks);
    }

    /// <summary>The next component by left edge and then by index, or −1.</summary>
    private static int NextFromLeft(InkComponent* components, int count, int after)
    {
        int next = -1;
        for (int i = 0; i < count; i++)
        {
            int left = components[i].Left;
            bool isLater = after < 0 || left > components[after].Left || (left == components[after].Left && i > after);
            if (isLater && (next < 0 || left < components[next].Left)) next = i;
        }
        return next;
    }

    private static bool Overlaps(in InkComponent digit, in InkComponent component)
    {
        int overlap = Math.Min(digit.Right, component.Right) - Math.Max(digit.Left, component.Left);
        int width = Math.Min(digit.Right - digit.Left, component.Right - component.Left);
        return 2 * overlap > width;
    }

    private static int DropLow(InkComponent* components, int count, InkComponent* digits, int found, int highest, out int specks)
    {
        int kept = 0;
        for (int d = 0; d < found; d++)
        {
            bool isLow = digits[d].Bottom - digits[d].Top < MinHeightShare * highest;
            for (int i = 0; i < count; i++) if (components[i].Digit == d) components[i].Digit = isLow ? -1 : kept;
            if (!isLow) digits[kept++] = digits[d];
        }
        specks = 0;
        for (int i = 0; i < count; i++) if (components[i].Digit < 0) specks++;
        return kept;
    }
}
