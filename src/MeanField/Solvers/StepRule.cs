namespace MeanField.Solvers;

/// <summary>How the inner step size t is chosen.</summary>
public enum StepRule
{
    /// <summary>t = 1/(η (l + 2)) in inner iteration l, the paper's rule (Shani et al. 2020, section 6). With η = 0: t = c (1 − γ)/(R √(l + 1)),
    /// R the span of the rewards and c the step constant.</summary>
    Paper,

    /// <summary>t = c/η, c at most 1; c = 1 is soft policy iteration. With η = 0: t = c (1 − γ)/R.</summary>
    Constant,

    /// <summary>The largest t, at most 1/η, whose mean KL(π_{l+1} ‖ π_l) under the discounted visitation of π_l stays within a radius.</summary>
    KlRadius,
}
