using System.Globalization;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Benchmarks.Sampling;

/// <summary>A solve with <c>mf-trpo-sampled</c>, the same as <c>meanfield solve</c> with these options. Safe to run on several threads at once.</summary>
/// <param name="Game">The game.</param>
/// <param name="GameArgument">What names it on the command line.</param>
/// <param name="Options">Those that are not at their defaults: <c>KEY=VALUE</c>, separated by blanks.</param>
internal sealed record SampledSolve(TabularGame Game, string GameArgument, string Options)
{
    private const string Solver = "mf-trpo-sampled";

    /// <summary>Runs it.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="threads">Worker threads of the solver.</param>
    /// <param name="clock">What its seconds are measured with.</param>
    public Solution Run(long seed, int threads, TimeProvider clock)
    {
        var definition = SolverCatalogue.Find(Solver)!;
        var given = Pairs().Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        var values = ParameterValues.Create($"solver {Solver}", definition.Options, given);
        return definition.Solve(
            Game,
            values,
            new SolveContext
            {
                Threads = threads,
                Seed = seed,
                Clock = clock,
            }
        );
    }

    /// <summary>The command line that does the same.</summary>
    /// <param name="seed">The seed, as a number or a placeholder.</param>
    /// <param name="threads">Worker threads of the solver.</param>
    public string CommandLine(string seed, int threads)
    {
        var set = string.Concat(Pairs().Select(pair => $" --set {pair[0]}={pair[1]}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"meanfield solve {GameArgument} --solver {Solver}{set} --seed {seed} --threads {threads}"
        );
    }

    private IEnumerable<string[]> Pairs() =>
        Options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=', 2));
}
