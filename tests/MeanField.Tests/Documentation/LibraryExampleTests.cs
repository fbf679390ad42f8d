using MeanField.Catalogue;
using MeanField.Equilibrium;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Documentation;

/// <summary>What README.md shows of the library.</summary>
public class LibraryExampleTests
{
    [Fact]
    public void The_example_of_the_readme_converges()
    {
        var entry = CrowdGrid.Definition;
        var values = ParameterValues.Create("game", entry.Parameters, [new("layout", "...../.##../...#./.#.../....P")]);
        var game = TabularGame.Create(entry.Create(values));
        var solution = MfTrpo.Solve(
            game,
            new MfTrpoOptions { Temperature = 0.3 },
            new SolveContext { Clock = TimeProvider.System }
        );
        Console.WriteLine($"{solution.Status}: {solution.Best.Certificate.RegularizedExploitability}");
        Assert.Equal(SolveStatus.Converged, solution.Status);
    }

    [Fact]
    public void The_example_of_stopping_and_going_on_goes_on()
    {
        var entry = CrowdGrid.Definition;
        var game = TabularGame.Create(entry.Create(ParameterValues.Create("game", entry.Parameters, [])));
        var options = new MfTrpoOptions { Temperature = 0.3 };
        var context = new SolveContext { Clock = TimeProvider.System };

        var solution = GoOn(game, options, context, FirstStep(game, options, context));
        var whole = MfTrpo.Solve(game, options, context);
        Assert.Equal(whole.Iterations, solution.Iterations);
        Assert.Equal(whole.Best.Policy.Probabilities, solution.Best.Policy.Probabilities);

        static byte[] FirstStep(TabularGame game, MfTrpoOptions options, SolveContext context)
        {
            using var solver = new MfTrpo(game, options, context);
            solver.Step();
            return solver.SaveState();
        }

        static Solution GoOn(TabularGame game, MfTrpoOptions options, SolveContext context, byte[] state)
        {
            using var solver = new MfTrpo(game, options, context);
            solver.RestoreState(state);
            return solver.Run();
        }
    }

    [Fact]
    public void The_example_of_certificates_refuses_what_is_no_mean_field()
    {
        var game = Grids.Tabulated(Grids.Empty);
        var policy = Policy.Uniform(game);
        var meanField = Certifier.StationaryLawOf(game, policy, [.. Enumerable.Repeat(1.0 / 25, 25)]);
        var certificate = Certifier.Certify(game, policy, meanField, temperature: 0.3);
        Console.WriteLine($"{certificate.Exploitability} with a residual of {certificate.StationarityResidual}");
        Assert.InRange(3.554897784, certificate.Exploitability.Lower - 1e-9, certificate.Exploitability.Upper + 1e-9);
        Assert.Throws<ArgumentException>(() => Certifier.Certify(game, policy, new double[25], temperature: 0.3));
    }
}
