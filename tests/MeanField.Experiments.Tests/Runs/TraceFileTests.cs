using System.Globalization;
using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Sampling;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Runs;

public sealed class TraceFileTests : IDisposable
{
    private const string Header =
        "iteration,exploitability,regularizedExploitability,populationChange,policyKl,samples,seconds,exploitabilityLower,regularizedExploitabilityLower,populationGap,stepSize,populationStep,stateDrawing,rollout,population,referenceDistance";

    private static readonly TraceRow First = new(
        0,
        new(0.1, 0.30000000000000004),
        new(0, 1e-300),
        2,
        0.5,
        new(3, 4, 5),
        0.25,
        0.125,
        20,
        1,
        1.5
    );
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_those_of_the_contract_with_upper_ends_first() =>
        Assert.Equal(
            Header + "\n0,0.30000000000000004,1E-300,2,0.5,12,0.25,0.1,0,0.125,20,1,3,4,5,1.5\n",
            Text([First])
        );

    [Fact]
    public void Rows_read_back_bit_by_bit_in_any_culture()
    {
        TraceRow[] rows =
        [
            First,
            First with
            {
                Iteration = 7,
                Exploitability = new(0, double.PositiveInfinity),
                PopulationChange = double.NaN,
                PolicyKl = double.Epsilon,
                Samples = new(SampleAccount.LargestPart, 0, SampleAccount.LargestPart),
                Seconds = 1.0 / 3,
                ReferenceDistance = double.NaN,
            },
        ];
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("", useUserOverride: false)
            {
                NumberFormat = { NumberDecimalSeparator = "," },
            };
            Assert.Equal(rows, TraceFile.Read(_folder.Write("trace.csv", Text(rows))));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_trace_without_rows_is_a_trace() => Assert.Empty(TraceFile.Read(_folder.Write("trace.csv", Text([]))));

    [Theory]
    [InlineData("", "line 1: found ''; allowed: the header iteration,exploitability")]
    [InlineData("iteration,x\n", "line 1: found 'iteration,x'")]
    [InlineData(Header, "line 1: the last line has no end")]
    [InlineData(Header + "\n0,1\n", "line 2: the line has 2 cells; allowed: 16 cells")]
    [InlineData(Header + "\n\n", "line 2: the line has 1 cells")]
    [InlineData(
        Header + "\n0,1,1,1,1,1,1,1,1,1,1,x,1,0,0,1\n",
        "line 2, 'populationStep': found 'x'; allowed: a number"
    )]
    [InlineData(
        Header + "\n-1,1,1,1,1,1,1,1,1,1,1,1,1,0,0,1\n",
        "line 2, 'iteration': found '-1'; allowed: a whole number of at least 0"
    )]
    [InlineData(Header + "\n0,1,1,1,1,1,1,1,1,1,1,1,0.5,0,0,1\n", "line 2, 'stateDrawing': found '0.5'")]
    [InlineData(
        Header + "\n0,1,1,1,1,1,1,1,1,1,1,1.0,1,0,0,1\n",
        "line 2: found '0,1,1,1,1,1,1,1,1,1,1,1.0,1,0,0,1'; allowed: exactly '0,1,1,1,1,1,1,1,1,1,1,1,1,0,0,1'"
    )]
    [InlineData(
        Header + "\n0,1,1,1,1,5,1,1,1,1,1,1,1,2,3,1\n",
        "line 2: found '0,1,1,1,1,5,1,1,1,1,1,1,1,2,3,1'; allowed: exactly '0,1,1,1,1,6,1,1,1,1,1,1,1,2,3,1'"
    )]
    [InlineData(
        Header + "\n1,1,1,1,1,1,1,1,1,1,1,1,1,0,0,1\n1,1,1,1,1,1,1,1,1,1,1,1,1,0,0,1\n",
        "line 3, 'iteration': iteration 1; allowed: more than 1"
    )]
    public void What_is_wrong_is_said_with_line_and_column(string text, string message)
    {
        var path = _folder.Write("trace.csv", text);
        var error = Assert.Throws<InputFileException>(() => TraceFile.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static string Text(TraceRow[] rows)
    {
        using var stream = new MemoryStream();
        TraceFile.Write(stream, rows);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
