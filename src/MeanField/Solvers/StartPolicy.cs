namespace MeanField.Solvers;

/// <summary>The policy that a solver starts from.</summary>
public enum StartPolicy
{
    /// <summary>All actions of a state alike.</summary>
    Uniform,

    /// <summary>
    /// softmax(x / 0.2) with each x drawn from U(−1, 1) by the seed: how the published numbers of Bench-MFG start
    /// (<see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>initialization_type: PSO_uniform</c>, <c>init_policy_temp: 0.2</c>).
    /// </summary>
    Random,
}
