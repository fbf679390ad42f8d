using MeanField.Catalogue;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;

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
}
