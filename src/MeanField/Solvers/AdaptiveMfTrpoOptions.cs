namespace MeanField.Solvers;

/// <summary>Options of adaptive MF-TRPO. All defaults are this project's own.</summary>
public sealed record AdaptiveMfTrpoOptions : SolverOptions
{
    /// <summary>η of the equilibrium looked for, 0 to 1e9; 0 (default) is the game itself, without entropy.</summary>
    public double Temperature { get; init; }

    /// <summary>Steps in an outer iteration at most, at least 1. Default 50.</summary>
    public int InnerIterations { get; init; } = 50;

    /// <summary>Past steps that a step is combined with, 0 to 100; 0 takes plain steps. Default 15.</summary>
    public int Memory { get; init; } = 15;

    /// <summary>The largest Bellman residual allowed in a policy evaluation, greater than 0. Default 1e-10; a thousandth of the temperature
    /// where that is less.</summary>
    public double EvaluationTolerance { get; init; } = 1e-10;

    internal override void Check()
    {
        base.Check();
        Require(Temperature is >= 0 and <= 1e9, nameof(Temperature), Temperature, "0 to 1e9");
        Require(InnerIterations >= 1, nameof(InnerIterations), InnerIterations, "at least 1");
        Require(Memory is >= 0 and <= 100, nameof(Memory), Memory, "0 to 100");
        Require(
            EvaluationTolerance > 0 && double.IsFinite(EvaluationTolerance),
            nameof(EvaluationTolerance),
            EvaluationTolerance,
            "a finite number greater than 0"
        );
    }
}
