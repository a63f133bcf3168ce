namespace NoDeps.Cli;

/// <summary>The content of a file of a data set.</summary>
internal enum DataRole : byte
{
    /// <summary>Images of the training set.</summary>
    TrainingImages,
    /// <summary>Labels of the training set.</summary>
    TrainingLabels,
    /// <summary>Images of the test set.</summary>
    TestImages,
    /// <summary>Labels of the test set.</summary>
    TestLabels,
    /// <summary>Images and labels of the training set, or of a part of it.</summary>
    Training,
    /// <summary>Images and labels of the test set.</summary>
    Test,
    /// <summary>All of it.</summary>
    Everything,
}
