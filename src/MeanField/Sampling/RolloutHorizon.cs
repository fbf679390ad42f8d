namespace MeanField.Sampling;

/// <summary>How long a roll-out goes on after its first step. A value.</summary>
public readonly record struct RolloutHorizon
{
    /// <summary>The most steps that two legs of a trajectory may have for their sum to be a number still.</summary>
    internal const int Longest = 1_000_000_000;

    private RolloutHorizon(int? steps, bool isTheory) => (Steps, IsTheory) = (steps, isTheory);

    /// <summary>T = ⌈log(8 r/ε)/(1 − γ)⌉ with r the span of soft returns at the mean field of the iteration and ε the tolerance, or 0.01 where that is 0
    /// (paper, section 5, with the sign of the horizon corrected). What is cut off moves no two action values apart by more than ε/8.</summary>
    public static RolloutHorizon Theory => new(null, isTheory: true);

    /// <summary>A geometric number of steps, each with probability γ of another, and an undiscounted sum: exactly unbiased.</summary>
    public static RolloutHorizon Geometric => new(null, isTheory: false);

    /// <summary>T, or <see langword="null"/>.</summary>
    public int? Steps { get; }

    /// <summary>Whether T is to be computed.</summary>
    public bool IsTheory { get; }

    /// <summary>T of <see cref="Theory"/>, at most 1e9.</summary>
    /// <param name="returnSpan">r.</param>
    /// <param name="accuracy">ε, greater than 0.</param>
    /// <param name="discount">γ, in (0, 1).</param>
    internal static int TheorySteps(double returnSpan, double accuracy, double discount) =>
        (int)Math.Min(Longest, Math.Ceiling(Math.Log(Math.Max(1, 8 * returnSpan / accuracy)) / (1 - discount)));

    /// <summary>Exactly T steps after the first.</summary>
    /// <param name="steps">T, 0 to 1e9.</param>
    public static RolloutHorizon Fixed(int steps) => new(steps, isTheory: false);
}
