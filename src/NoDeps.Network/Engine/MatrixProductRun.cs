using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The vectorised product of two matrices on a team, with its room.</summary>
public sealed unsafe class MatrixProductRun
{
    private readonly WorkTeam team;
    private readonly MatrixProductState* state;

    /// <summary>The state and the zeros.</summary>
    private const int StateFloats = 8 * Lanes.Count;

    private static long PanelFloats(int inner) => ((long)inner + MatrixProductState.RoomRows) * MatrixProductState.Panel;

    /// <summary>Bytes of memory that it needs.</summary>
    /// <param name="inner">Most columns of A.</param>
    /// <param name="workers">Of the team.</param>
    public static long BytesNeeded(int inner, int workers) => (StateFloats + (long)workers * PanelFloats(inner)) * sizeof(float);

    /// <summary>Sets it up.</summary>
    /// <param name="inner">Most columns of A.</param>
    /// <param name="team">Who computes; the bits of a result do not depend on it.</param>
    /// <param name="isa">Which instruction set, which the machine must have.</param>
    /// <param name="memory">As many bytes as <see cref="BytesNeeded"/> says, 64-byte aligned, all zero.</param>
    public MatrixProductRun(int inner, WorkTeam team, Isa isa, byte* memory)
    {
        this.team = team;
        KernelTable table = default;
        KernelTables.Fill(isa, KernelForm.Lanes, &table);
        state = (MatrixProductState*)memory;
        state->Pack = table.MatrixPack;
        state->Multiply = table.MatrixMultiply;
        state->Panels = (float*)memory + StateFloats;
        state->PanelStep = (nint)PanelFloats(inner);
        state->Zeros = state->Panels - Lanes.Count;
        state->Items = team.Workers;
    }

    /// <summary>C(i, j) = Σ_k A(i, k)·B(k, j), the bits of <see cref="MatrixProduct.Set"/>.</summary>
    /// <param name="a">m × n, any steps.</param>
    /// <param name="b">n × p; fast where one of its steps is 1.</param>
    /// <param name="c">m × p with a column step of 1; shares no element with the others.</param>
    public void Set(Matrix a, Matrix b, Matrix c)
    {
        state->A = a;
        state->B = b;
        state->C = c;
        team.Run(&MatrixProductState.Item, state, state->Items);
    }
}
