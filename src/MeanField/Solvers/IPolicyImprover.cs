using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>The inner loop of sample-based MF-TRPO.</summary>
internal interface IPolicyImprover
{
    /// <summary>π, one probability a pair.</summary>
    double[] Probabilities { get; }

    /// <summary>t of the last inner step.</summary>
    double StepSize { get; }

    /// <summary>The mean KL(π_{l+1} ‖ π_l) of the last inner step, in nats.</summary>
    double PolicyKl { get; }

    /// <summary>The L inner iterations of an outer one, at the mean field where the session stands.</summary>
    /// <param name="outer">k.</param>
    /// <param name="meanField">μ_k.</param>
    /// <param name="iterates">Takes the policies that were evaluated.</param>
    /// <returns>Whether the loop came to its end, and why the solve must end, if it must.</returns>
    (bool IsComplete, SolveStatus? Ending) Improve(int outer, ReadOnlySpan<double> meanField, InnerIterates iterates);

    /// <summary>Where the population goes with π from μ_k.</summary>
    /// <param name="outer">k.</param>
    /// <param name="meanField">μ_k.</param>
    /// <param name="moved">Length S, overwritten.</param>
    /// <returns>Why the solve must end before that is known, or <see langword="null"/>.</returns>
    SolveStatus? MovePopulation(int outer, ReadOnlySpan<double> meanField, Span<double> moved);

    /// <summary>How much each state counts under each of the policies, as drawn from the restart law or as modelled from the mean field; not
    /// normalised.</summary>
    IReadOnlyList<double[]> Occupancies(InnerIterates iterates);

    /// <summary>What the next outer iteration depends on. A model was exchanged before.</summary>
    void Exchange(StateArchive archive);
}
