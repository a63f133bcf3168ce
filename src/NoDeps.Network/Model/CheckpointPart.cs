namespace NoDeps.Network;

/// <summary>The tensors of a checkpoint that are not part of the model; their names begin with "training.".</summary>
public enum CheckpointPart
{
    /// <summary><see cref="TrainingState"/>, I64 [<see cref="TrainingState.Count"/>].</summary>
    State,
    /// <summary>The completed epochs, U8: the records of <see cref="TrainingHistory"/>.</summary>
    History,
    /// <summary>The optimizer's momentum, or Adam's first moment, F32 [flat parameters].</summary>
    FirstMoments,
    /// <summary>Adam's second moment; same type and shape.</summary>
    SecondMoments,
    /// <summary>The exponential moving average of the parameters, if there is one, F32.</summary>
    Average,
    /// <summary>The parameters of the best epoch, if they are kept, U8: a <see cref="ParameterSnapshot"/>.</summary>
    Best,
    /// <summary>The command line, U8: NUL-terminated words.</summary>
    Arguments,
}
