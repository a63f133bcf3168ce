using System;

namespace NoDeps.Network;

/// <summary>The results of a network on a labeled set by class: confusion matrix, calibration, and the most confident mistakes.</summary>
public sealed unsafe class ClassificationReport
{
    /// <summary>Bins of confidence for the calibration error: Guo et al., "On calibration of modern neural networks", 2017.</summary>
    public const int Bins = 15;

    private readonly long[] _confusion;
    private readonly long[] _binCount = new long[Bins], _binCorrect = new long[Bins];
    private readonly double[] _binConfidence = new double[Bins];
    private readonly Mistake[] _mistakes;
    private Evaluation _evaluation;

    /// <param name="classes">The number of classes.</param>
    /// <param name="mistakes">The number of mistakes to keep.</param>
    /// <param name="hasProbabilities">True if outputs are probabilities, so that they can be compared with frequencies.</param>
    public ClassificationReport(int classes, int mistakes, bool hasProbabilities)
    {
        Classes = classes;
        HasProbabilities = hasProbabilities;
        _confusion = new long[classes * classes];
        _mistakes = new Mistake[mistakes];
    }

    /// <summary>A wrong prediction.</summary>
    public struct Mistake
    {
        /// <summary>Number of the image.</summary>
        public int Image;
        /// <summary>The true class, and the predicted one.</summary>
        public int Truth, Prediction;
        /// <summary>Probability of the prediction.</summary>
        public float Confidence;
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>True if <see cref="CalibrationError"/> and confidences are meaningful.</summary>
    public bool HasProbabilities { get; }

    /// <summary>Counts and mean loss.</summary>
    public Evaluation Evaluation => _evaluation;

    /// <summary>The number of mistakes kept.</summary>
    public int MistakeCount { get; private set; }

    /// <summary>A mistake; the most confident one is 0.</summary>
    public ref readonly Mistake MistakeAt(int index) => ref _mistakes[index];

    /// <summary>The number of images of a class that were predicted to be of a class.</summary>
    public long Count(int truth, int prediction) => _confusion[truth * Classes + prediction];

    /// <summary>Images of a class.</summary>
    public long CountOf(int truth)
    {
        long sum = 0;
        for (int i = 0; i < Classes; i++) sum += Count(truth, i);
        return sum;
    }

    /// <summary>The fraction of the images predicted to be of a class that are of it; NaN if there are none.</summary>
    public double Precision(int label) => (double)Count(label, label) / PredictedAs(label);

    /// <summary>The fraction of the images of a class that were predicted to be of it; NaN if there are none.</summary>
    public double Recall(int label) => (double)Count(label, label) / CountOf(label);

    /// <summary>The harmonic mean of precision and recall; NaN if neither is defined.</summary>
    public double F1(int label) => 2.0 * Count(label, label) / (PredictedAs(label) + CountOf(label));

    private long PredictedAs(int label)
    {
        long sum = 0;
        for (int i = 0; i < Classes; i++) sum += Count(i, label);
        return sum;
    }

    /// <summary>Expected calibration error: the mean over the images of |accuracy − confidence| of their bin.</summary>
    public double CalibrationError
    {
        get
        {
            double sum = 0;
            long count = 0;
            for (int i = 0; i < Bins; i++)
            {
                sum += Math.Abs(_binCorrect[i] - _binConfidence[i]);
                count += _binCount[i];
            }
            return count == 0 ? 0 : sum / count;
        }
    }

    /// <summary>Classifies images in evaluation mode, as <see cref="Evaluation.Of"/>.</summary>
    /// <param name="engine">The network.</param>
    /// <param name="normalization">Of the input.</param>
    /// <param name="images">[count][channel][row][column].</param>
    /// <param name="labels">[count].</param>
    /// <param name="count">How many.</param>
    public void Add(Engine engine, Normalization normalization, byte* images, byte* labels, int count)
    {
        int piece = Evaluation.BatchOf(engine);
        long pixels = engine.Network.Input.Size;
        int[] predictions = new int[piece];
        float[] outputs = new float[piece * Classes];
        double loss = 0;
        fixed (int* predicted = predictions)
        fixed (float* rows = outputs)
        {
            for (int first = 0; first < count; first += piece)
            {
                int n = Math.Min(piece, count - first);
                engine.SetImages(images + first * pixels, null, n, in normalization);
                engine.SetLabels(labels + first, null);
                engine.Forward(isTraining: false);
                loss = engine.TotalLoss(loss);
                engine.CopyPredictions(predicted);
                if (HasProbabilities) engine.CopyProbabilities(rows);
                else engine.CopyOutput(engine.Network.LayerCount - 1, rows);
                for (int i = 0; i < n; i++) Note(first + i, labels[first + i], predicted[i], rows[i * Classes + predicted[i]]);
            }
        }
        _evaluation.Count = count;
        _evaluation.Loss = count == 0 ? 0 : loss / count;
    }

    /// <summary>Counts a prediction.</summary>
    internal void Note(int image, int truth, int prediction, float confidence)
    {
        bool isCorrect = truth == prediction;
        _confusion[truth * Classes + prediction]++;
        if (isCorrect) _evaluation.Correct++;
        if (HasProbabilities)
        {
            int bin = Math.Max(Math.Min((int)(confidence * Bins), Bins - 1), 0);
            _binCount[bin]++;
            _binConfidence[bin] += confidence;
            if (isCorrect) _binCorrect[bin]++;
        }
        if (isCorrect || _mistakes.Length == 0) return;
        int place = MistakeCount;
        if (place == _mistakes.Length)
        {
            if (!(confidence > _mistakes[place - 1].Confidence)) return;
            place--;
        }
        else
        {
            MistakeCount++;
        }
        for (; place > 0 && _mistakes[place - 1].Confidence < confidence; place--) _mistakes[place] = _mistakes[place - 1];
        _mistakes[place].Image = image;
        _mistakes[place].Truth = truth;
        _mistakes[place].Prediction = prediction;
        _mistakes[place].Confidence = confidence;
    }
}
