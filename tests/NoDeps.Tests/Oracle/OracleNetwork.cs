namespace NoDeps.Tests.Oracle;

/// <summary>
/// A whole network in float64: forward, loss, backward and plain SGD steps (Richard (11), Vardhan 3), built from a
/// description. Layers count from 0 after the <c>input</c> line, as in torch.nn.Sequential.
/// </summary>
public sealed class OracleNetwork(OracleDescription description)
{
    private int _n;

    /// <summary>The layers and the loss.</summary>
    public OracleDescription Description { get; } = description;
    /// <summary>The layers in order.</summary>
    public IReadOnlyList<OracleLayer> Layers => Description.Layers;
    /// <summary>Each layer's output of the last <see cref="Forward"/>, NCHW.</summary>
    public double[][] Outputs { get; } = new double[description.Layers.Count][];
    /// <summary>∂loss/∂input of the last <see cref="Backward"/>.</summary>
    public double[] InputGradient { get; private set; } = [];
    /// <summary>The last layer's number of outputs.</summary>
    public int Classes => Layers[^1].Output.Size;

    /// <summary>
    /// Applied to every number that a convolution, a dense layer or a normalization puts out, if set: with a little
    /// noise here a network shows how much of its result float32 can hold at all.
    /// </summary>
    public Func<double, double>? Noise { get; set; }

    /// <summary>Builds a network from a description text; parameters are zero until set.</summary>
    public static OracleNetwork Of(string text) => new(OracleDescription.Parse(text));

    /// <summary>Every parameter with its key: <c>2.running_mean</c>.</summary>
    public IEnumerable<(string Key, int Layer, OracleParameter Parameter)> Parameters =>
        Layers.SelectMany((layer, i) => layer.Parameters.Select(p => ($"{i}.{p.Name}", i, p)));

    /// <summary>Runs a batch through every layer and returns the last output.</summary>
    public double[] Forward(double[] input, int samples, bool training)
    {
        _n = samples;
        var current = input;
        for (int i = 0; i < Layers.Count; i++)
        {
            if (Layers[i] is OracleShortcut shortcut)
                shortcut.Earlier = i == shortcut.Back - 1 ? input : Outputs[i - shortcut.Back];
            current = Layers[i].Forward(current, samples, training);
            if (Noise is { } noise && Layers[i] is (OracleConvolution or OracleDense or OracleBatchNormalization))
                current = Array.ConvertAll(current, x => noise(x));
            Outputs[i] = current;
        }
        return current;
    }

    /// <summary>The loss of the last <see cref="Forward"/>.</summary>
    public double Loss(int[] labels) => Description.Loss.Value(Outputs[^1], labels, Classes);

    /// <summary>Gradients of the loss of the last <see cref="Forward"/> by every parameter and by the input.</summary>
    public void Backward(int[] labels)
    {
        var gradients = Layers.Select(layer => new double[_n * layer.Output.Size]).ToArray();
        InputGradient = new double[_n * Description.Input.Size];
        gradients[^1] = Description.Loss.Gradient(Outputs[^1], labels, Classes);
        for (int i = Layers.Count - 1; i >= 0; i--)
        {
            if (Layers[i] is OracleShortcut shortcut)
                Accumulate(GradientOf(i - shortcut.Back), gradients[i]);
            Accumulate(GradientOf(i - 1), Layers[i].Backward(gradients[i]));
        }
        double[] GradientOf(int layer) => layer < 0 ? InputGradient : gradients[layer];
    }

    /// <summary>θ ← θ − λ ∂L/∂θ for every trainable parameter.</summary>
    public void SgdStep(double learningRate)
    {
        foreach (var (_, _, parameter) in Parameters.Where(p => p.Parameter.Trainable))
            for (int i = 0; i < parameter.Value.Length; i++)
                parameter.Value[i] -= learningRate * parameter.Gradient[i];
    }

    private static void Accumulate(double[] into, double[] gradient)
    {
        for (int i = 0; i < into.Length; i++)
            into[i] += gradient[i];
    }
}
