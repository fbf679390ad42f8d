namespace MeanField.Experiments.Sweeps;

/// <summary>What there is of a cell.</summary>
public enum SweepState
{
    /// <summary>Nothing yet.</summary>
    Missing,

    /// <summary>A run that was made now.</summary>
    Solved,

    /// <summary>A run that was there.</summary>
    Found,

    /// <summary>No run, because one could not be made: parameters that do not fit together, a broken game, too little memory.</summary>
    Failed,
}
