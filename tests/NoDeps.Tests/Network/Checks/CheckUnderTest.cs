using System.Runtime.InteropServices;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Tests.Network.Checks;

/// <summary>A gradient check with its engine and the memory of both.</summary>
public sealed unsafe class CheckUnderTest : IDisposable
{
    private readonly byte* _engineMemory, _checkMemory;

    /// <summary>The check, after backpropagation.</summary>
    public GradientCheck Check { get; }

    /// <summary>The description.</summary>
    public NetworkDescription Network { get; }

    /// <summary>Runs the engine forward and backward; nothing is compared yet.</summary>
    public CheckUnderTest(string text, int batch, ulong seed, Isa isa, EngineOptions? options = null, WorkTeam? team = null)
    {
        Network = Descriptions.Read(text);
        var all = options ?? GradientCheck.Options;
        _engineMemory = Zeroed(Engine.BytesNeeded(Network, batch, all));
        _checkMemory = Zeroed(GradientCheck.BytesNeeded(Network, batch));
        var engine = new Engine(Network, batch, team ?? new SerialTeam(), isa, all, _engineMemory);
        Check = new GradientCheck(engine, batch, seed, _checkMemory);
        Check.Backpropagate();
    }

    /// <summary>The gradients.</summary>
    public IEnumerable<GradientTensor> Tensors => Enumerable.Range(0, Check.Count).Select(Check.Tensor);

    /// <summary>Compares all; the first wrong one on the way back, or null.</summary>
    public GradientTensor? Run()
    {
        foreach (var tensor in Tensors) Check.Run(tensor);
        return Check.FirstWrong(GradientCheck.DefaultTolerance);
    }

    /// <summary>A line a gradient.</summary>
    public string Report => string.Join('\n', Tensors.Select(t =>
        $"{t.Layer} {(t.Layer < Network.LayerCount ? Network.Layers[t.Layer].Kind : "loss")} {t.Kind}: "
        + $"{t.Probed} of {t.Count}, {t.Kinks} kinks, error {t.Error:E2} at {t.Worst}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_engineMemory);
        NativeMemory.AlignedFree(_checkMemory);
    }

    private static byte* Zeroed(long bytes)
    {
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        NativeMemory.Clear(memory, (nuint)bytes);
        return memory;
    }
}
