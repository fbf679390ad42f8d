namespace MeanField.Solvers;

/// <summary>What random numbers are for; each has keys of its own.</summary>
internal enum SamplingPurpose
{
    Improvement = 1,
    Population = 2,
    Evaluation = 3,
    Starts = 4,
    StartPolicy = 5,
    Trajectory = 6,
}
