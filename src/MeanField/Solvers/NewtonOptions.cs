using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of Newton's method. Every default is this project's own.</summary>
public sealed record NewtonOptions : SolverOptions
{
    /// <summary>All defaults: tolerance 1e-8, and no end for want of progress, which one Newton step may bring after many small ones.</summary>
    public NewtonOptions() => (Tolerance, StallAfter) = (1e-8, 0);

    /// <summary>
    /// η, the entropy weight, 0 to 1e9. Default 0.05. At 0 the equilibrium without entropy is approached: the temperature is lowered until the
    /// certified exploitability is within <see cref="SolverOptions.Tolerance"/>, which must then be greater than 0 to end it.
    /// </summary>
    public double Temperature { get; init; } = 0.05;

    /// <summary>
    /// The largest residual of the equilibrium equations (<see cref="NewtonSolver.Residual"/>) that counts as a root, greater than 0; where
    /// rounding allows no such residual, what it allows. Default 1e-12.
    /// </summary>
    public double ResidualTolerance { get; init; } = 1e-12;

    /// <summary>
    /// How many starts are tried, 1 to 100000, to find several equilibria. Default 1. The first is the uniform policy, the second the
    /// uniform policy too but at a temperature so high that there is only one equilibrium, followed down; all others are best responses to random
    /// mean fields, every other one of them concentrated in one state.
    /// </summary>
    public int Starts { get; init; } = 1;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        new(
            "temperature",
            ParameterKind.Number,
            "0.05",
            "Entropy weight eta; 0 follows the equilibria of ever lower temperatures to the tolerance."
        )
        {
            Minimum = 0,
            Maximum = 1e9,
        },
        IterationsDescription with
        {
            Summary = "Outer iterations at most, each a Newton step, all starts together.",
        },
        new(
            "starts",
            ParameterKind.WholeNumber,
            "1",
            "Starts to find several equilibria: uniform, from a high temperature, then random ones (ours)."
        )
        {
            Minimum = 1,
            Maximum = 100_000,
        },
        new(
            "residual-tolerance",
            ParameterKind.Number,
            "1e-12",
            "Residual of the equilibrium equations that counts as a root, where rounding allows it (ours)."
        )
        {
            Minimum = 0,
            MinimumExcluded = true,
        },
        .. LimitDescriptions(tolerance: "1e-08", stallAfter: "0"),
    ];

    /// <summary>Reads options from checked values.</summary>
    public static NewtonOptions FromParameters(ParameterValues values) =>
        ReadLimits(
            values,
            new NewtonOptions
            {
                Temperature = values.Number("temperature"),
                ResidualTolerance = values.Number("residual-tolerance"),
                Starts = values.WholeNumber("starts"),
            }
        );

    /// <summary>Whether there are starts beyond the two that are not drawn.</summary>
    internal static bool DrawsStarts(ParameterValues values) => values.WholeNumber("starts") > 2;

    internal override void Check()
    {
        base.Check();
        Require(Temperature is >= 0 and <= 1e9, nameof(Temperature), Temperature, "0 to 1E9");
        Require(
            ResidualTolerance > 0 && double.IsFinite(ResidualTolerance),
            nameof(ResidualTolerance),
            ResidualTolerance,
            "a finite number greater than 0"
        );
        Require(Starts is >= 1 and <= 100_000, nameof(Starts), Starts, "1 to 100000");
    }
}
