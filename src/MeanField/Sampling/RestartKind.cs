namespace MeanField.Sampling;

/// <summary>The law ν that trajectories restart from.</summary>
public enum RestartKind
{
    /// <summary>Every state alike.</summary>
    Uniform,

    /// <summary>The current mean field. States it does not reach are never visited first.</summary>
    MeanField,

    /// <summary>Whatever the simulator's own reset draws.</summary>
    Simulator,

    /// <summary>Given weights.</summary>
    Given,
}
