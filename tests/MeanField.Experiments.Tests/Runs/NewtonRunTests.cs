using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Experiments.Tests.Runs;

public sealed class NewtonRunTests : IDisposable
{
    private const string Map = "room-32-32-4.map";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The stored policy is the first equilibrium, which later ones may beat by a rounding error.
    [Theory]
    [InlineData("0.05", "1")]
    [InlineData("0.05", "6")]
    [InlineData("0", "3")]
    public void A_run_of_newton_holds_when_it_is_certified_from_its_files(string temperature, string starts)
    {
        var run = SampleRun.Solve(
            [new("congestion", "-1")],
            [new("temperature", temperature), new("starts", starts)],
            "newton"
        );
        Assert.Equal(SolveStatus.Converged, run.Solution.Status);
        var record = run.WriteTo(_folder.PathOf("run"));
        Assert.Equal(run.Solution.Equilibria[0].Iteration, record.BestIteration);
        Assert.Empty(RunCertification.Check(_folder.PathOf("run")).Findings);
    }

    /// <summary>The benchmark map of 682 cells; it is not part of this repository.</summary>
    [Fact]
    public void The_map_of_rooms_is_solved_without_entropy()
    {
        var folder = Environment.GetEnvironmentVariable("MEANFIELD_MAPS") ?? "";
        var path = Path.Combine(folder, Map);
        Assert.SkipUnless(File.Exists(path), $"{Map} is not in the folder that MEANFIELD_MAPS names");
        var game = TabularGame.Create(GameSpec.Load(path, [new("targets", "auto")]).Create());
        Assert.Equal(682, game.StateCount);
        var context = new SolveContext { Clock = TimeProvider.System };
        var root = NewtonSolver.Solve(game, new NewtonOptions(), context);
        Assert.Equal(SolveStatus.Converged, root.Status);
        Assert.InRange(root.Iterations, 1, 10);
        var solution = NewtonSolver.Solve(game, new NewtonOptions { Temperature = 0, Tolerance = 1e-7 }, context);
        Assert.InRange(solution.Best.Certificate.Exploitability.Upper, 0, 1e-7);
    }
}
