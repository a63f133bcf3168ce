namespace NoDeps.Network;

/// <summary>How the learning rate changes from step to step.</summary>
public enum ScheduleKind : byte
{
    /// <summary>It does not.</summary>
    Constant,
    /// <summary>torch.optim.lr_scheduler.OneCycleLR with its defaults: up and down again along cosines.</summary>
    OneCycle,
}
