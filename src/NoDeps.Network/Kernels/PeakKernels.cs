namespace NoDeps.Network;

/// <summary>Work that measures a core's peak performance with an instruction set.</summary>
public sealed unsafe class PeakKernels
{
    /// <summary>Numbers that <see cref="Multiply"/> works on.</summary>
    public const int Numbers = 12 * 16;

    private readonly delegate*<float*, nint, void> _multiply;
    private readonly delegate*<float*, float*, nint, bool, bool, void> _move;

    /// <summary>For an instruction set that the machine supports.</summary>
    public PeakKernels(Isa isa)
    {
        KernelTable kernels = default;
        KernelTables.Fill(isa, KernelForm.Lanes, &kernels);
        _multiply = kernels.PeakMultiply;
        _move = kernels.PeakMove;
    }

    /// <summary>x ← x / 2 + 1 in <see cref="Numbers"/> numbers, repeated, in registers.</summary>
    public void Multiply(float* x, nint times) => _multiply(x, times);

    /// <summary>Reads floats and stores the sums of 16 lanes.</summary>
    /// <param name="from">The floats.</param>
    /// <param name="count">A multiple of 128.</param>
    /// <param name="sums">Receives 16 sums.</param>
    public void Read(float* from, nint count, float* sums) => _move(from, sums, count, true, false);

    /// <summary>Fills with a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="to">The floats.</param>
    /// <param name="count">A multiple of 128.</param>
    public void Write(float* value, float* to, nint count) => _move(value, to, count, false, true);

    /// <summary>Copies a multiple of 128 floats.</summary>
    public void Copy(float* from, float* to, nint count) => _move(from, to, count, true, true);
}
