namespace NoDeps.Primitives;

/// <summary>Consecutive blocks of <see cref="Philox"/>, one at a time.</summary>
public static unsafe class PhiloxScalar
{
    /// <summary>
    /// Writes <paramref name="blocks"/> blocks of four numbers, starting with number <paramref name="block"/> of the
    /// stream, and returns <paramref name="blocks"/>.
    /// </summary>
    public static nint Fill(uint* to, nint blocks, ulong seed, ulong stream, ulong block)
    {
        for (nint i = 0; i < blocks; i++, to += 4)
        {
            ulong counter = block + (ulong)i;
            uint x0 = (uint)counter, x1 = (uint)(counter >> 32), x2 = (uint)stream, x3 = (uint)(stream >> 32);
            Philox.Block(ref x0, ref x1, ref x2, ref x3, (uint)seed, (uint)(seed >> 32));
            to[0] = x0;
            to[1] = x1;
            to[2] = x2;
            to[3] = x3;
        }
        return blocks;
    }
}
