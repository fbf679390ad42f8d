namespace MeanField.Solvers;

/// <summary>How policy iteration improves the policy and moves the population.</summary>
public enum PolicyIterationVariant
{
    /// <summary>The greedy policy; all of the population moves.</summary>
    Greedy,

    /// <summary>The greedy policy; a share of the population moves.</summary>
    Smooth,

    /// <summary>softmax(Q/τ); all of the population moves.</summary>
    Boltzmann,
}
