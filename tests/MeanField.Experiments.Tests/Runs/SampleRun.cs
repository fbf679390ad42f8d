using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Experiments.Tests.Runs;

/// <summary>A small solved game: the default crowd grid under mf-trpo with the paper's steps, and what is needed to store it.</summary>
internal sealed record SampleRun(GameSpec Spec, TabularGame Game, SolverRecord Solver, Solution Solution, long Seed)
{
    /// <summary>Reaches its tolerance; the best iterate is the last one.</summary>
    public static SampleRun Converged { get; } =
        Solve([], [new("tolerance", "1e-4"), new("temperature", "0.05"), new("step-rule", "paper")]);

    /// <summary>Runs out of iterations while it moves away: the best iterate is not the last one.</summary>
    public static SampleRun Unconverged { get; } =
        Solve(
            [new("discount", "0.95"), new("congestion", "20")],
            [new("outer-iterations", "5"), new("temperature", "0.01"), new("step-rule", "paper")]
        );

    /// <summary>Spends its samples before it reaches its tolerance; it has a mixture.</summary>
    public static SampleRun Sampled { get; } =
        Solve([], [new("sample-budget", "1500"), new("tolerance", "1e-4")], "mf-trpo-sampled");

    public RunRecord Record => RunRecord.Create(GameRecord.Create(Spec, Game), Solver, Solution, Seed, threads: 1);

    public RunRecord WriteTo(string folder)
    {
        using var claimed = RunFolder.Claim(folder, Spec, Solver, Seed);
        return claimed.Write(Record, Solution, Game);
    }

    public static SampleRun Solve(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        IReadOnlyList<KeyValuePair<string, string>> options,
        string solver = "mf-trpo"
    )
    {
        var spec = GameSpec.Load("crowd-grid", parameters);
        var game = TabularGame.Create(spec.Create());
        var definition = SolverCatalogue.Find(solver)!;
        var values = ParameterValues.Create($"solver {solver}", definition.Options, options);
        var solution = definition.Solve(game, values, new SolveContext { Clock = TimeProvider.System, Seed = 7 });
        return new SampleRun(spec, game, SolverRecord.Create(definition, values), solution, Seed: 7);
    }
}
