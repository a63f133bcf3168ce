using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Eight digits at once, against ToString("D8").</summary>
public sealed class EightDigitsTests
{
    [Fact]
    public void EveryGroupOfFourInEachPlace()
    {
        for (uint four = 0; four < 10000; four++)
        {
            Agree(four);
            Agree(10000 * four);
            Agree(10000 * four + 9999);
            Agree(10000 * four + (9999 - four));
        }
    }

    [Fact]
    public void NumbersAtEqualDistances()
    {
        for (uint number = 0; number < 100000000; number += 379) Agree(number);
    }

    private static void Agree(uint number)
    {
        byte[] text = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(text, EightDigits.Text(number));
        Assert.Equal(number.ToString("D8", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text));
    }
}
