namespace NoDeps.Network;

/// <summary>How the learning rate changes from step to step.</summary>
public enum ScheduleKind : byte
{
    /// <summary>Constant.</summary>
    Constant,
    /// <summary>torch.optim.lr_scheduler.OneCycleLR with its defaults: up and down again along cosines.</summary>
    OneCycle,
    /// <summary>torch.optim.lr_scheduler.CosineAnnealingLR to 0: half a cosine over all steps.</summary>
    Cosine,
    /// <summary>torch.optim.lr_scheduler.StepLR: multiplied by a factor every given number of epochs.</summary>
    Step,
    /// <summary>torch.optim.lr_scheduler.LinearLR from 1 to 0: a straight line over all steps.</summary>
    Linear,
}
