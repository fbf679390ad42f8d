using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class NewtonOptionsTests
{
    private static readonly NewtonOptions Default = new();

    public static TheoryData<string, NewtonOptions> OutOfRange =>
        new()
        {
            { "Temperature", Default with { Temperature = -1e-9 } },
            { "Temperature", Default with { Temperature = double.NaN } },
            { "Temperature", Default with { Temperature = 2e9 } },
            { "ResidualTolerance", Default with { ResidualTolerance = 0 } },
            { "ResidualTolerance", Default with { ResidualTolerance = double.PositiveInfinity } },
            { "Starts", Default with { Starts = 0 } },
            { "Starts", Default with { Starts = 100_001 } },
            { "OuterIterations", Default with { OuterIterations = 0 } },
        };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_range_is_refused_by_name(string name, NewtonOptions options)
    {
        var game = TabularGame.Create(ListedGame.OfChain([(0, 1)]));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() =>
            NewtonSolver.Solve(game, options, new SolveContext { Clock = new FakeClock() })
        );
        Assert.Equal(name, exception.ParamName);
    }

    [Fact]
    public void The_defaults_of_the_descriptions_are_the_defaults_of_the_record() => Assert.Equal(Default, From());

    [Fact]
    public void Every_option_is_read_from_its_own_parameter()
    {
        var expected = new NewtonOptions
        {
            Temperature = 0.5,
            ResidualTolerance = 1e-9,
            Starts = 7,
            OuterIterations = 11,
            Tolerance = 0.001,
            TraceEvery = 14,
            StallAfter = 15,
            TimeLimit = 16,
        };
        var actual = From(
            ("temperature", "0.5"),
            ("residual-tolerance", "1e-9"),
            ("starts", "7"),
            ("outer-iterations", "11"),
            ("tolerance", "0.001"),
            ("trace-every", "14"),
            ("stall-after", "15"),
            ("time-limit", "16")
        );
        Assert.Equal(expected, actual);
        Assert.Equal(8, NewtonOptions.Descriptions.Count);
    }

    private static NewtonOptions From(params (string Name, string Value)[] given) =>
        NewtonOptions.FromParameters(
            ParameterValues.Create(
                "solver newton",
                NewtonOptions.Descriptions,
                given.Select(g => KeyValuePair.Create(g.Name, g.Value))
            )
        );
}
