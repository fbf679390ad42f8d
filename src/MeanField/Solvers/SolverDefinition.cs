using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>A solver as it can be named on the command line and in files.</summary>
/// <param name="Name">The name.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Source">The paper, and what in it is this project's own choice.</param>
/// <param name="Options">Every option, in listing order.</param>
/// <param name="Solve">Solves a game with checked options.</param>
public sealed record SolverDefinition(
    string Name,
    string Summary,
    string Source,
    IReadOnlyList<ParameterDescription> Options,
    Func<TabularGame, ParameterValues, SolveContext, Solution> Solve
)
{
    /// <summary>η of the regularised exploitability that a run with these options is certified for: by default the option
    /// <c>temperature</c>.</summary>
    public Func<ParameterValues, double> Temperature { get; init; } = values => values.Number("temperature");

    /// <summary>Whether a solve with these options draws anything from <see cref="SolveContext.Seed"/>: where it does not, every seed gives the
    /// same bits, and one solve is enough. By default it does.</summary>
    public Func<ParameterValues, bool> ReadsSeed { get; init; } = _ => true;

    /// <summary>That of a solver which draws its start only where the option <c>start</c> asks for it.</summary>
    internal static bool StartsAtRandom(ParameterValues values) => values.Text("start") == "random";
}
