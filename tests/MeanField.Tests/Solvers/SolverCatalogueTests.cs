using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>What every solver in the catalogue keeps to. A new entry is tested by being listed.</summary>
public class SolverCatalogueTests
{
    private static readonly TabularGame Game = TabularGame.Create(new RandomGame(6, states: 12, discount: 0.9));

    public static TheoryData<string> Names => [.. SolverCatalogue.All.Select(entry => entry.Name)];

    public static TheoryData<SolveStatus> Statuses => [.. Enum.GetValues<SolveStatus>()];

    [Fact]
    public void Names_find_their_entries_and_are_unique()
    {
        Assert.All(SolverCatalogue.All, entry => Assert.Same(entry, SolverCatalogue.Find(entry.Name)));
        Assert.Distinct(SolverCatalogue.All.Select(entry => entry.Name), StringComparer.Ordinal);
        Assert.Null(SolverCatalogue.Find("no-such-solver"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_is_described(string name)
    {
        var entry = SolverCatalogue.Find(name)!;
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", entry.Name);
        Assert.EndsWith(".", entry.Summary);
        Assert.NotEmpty(entry.Source);
        Assert.Distinct(entry.Options.Select(option => option.Name), StringComparer.Ordinal);
        Assert.All(entry.Options, option => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", option.Name));
        Assert.All(entry.Options, option => Assert.EndsWith(".", option.Summary));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_solver_returns_iterates_that_their_certificates_hold_for(string name)
    {
        var solution = Solve(name, new SolveContext { Clock = new FakeClock() });
        Assert.NotEmpty(solution.Trace);
        Assert.True(
            solution.Best.Certificate.RegularizedExploitability.Upper
                <= solution.Last.Certificate.RegularizedExploitability.Upper
        );
        foreach (var iterate in new[] { solution.Best, solution.Last })
        {
            var dense = DenseMdp.At(Game.Source, [.. iterate.MeanField]);
            var truth = dense.Exploitability(dense.ByState(iterate.Policy.Probabilities), 0);
            var interval = iterate.Certificate.Exploitability;
            Assert.InRange(
                Math.Max(0, truth),
                DecimalMath.From(interval.Lower) - 1e-22m,
                DecimalMath.From(interval.Upper)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Certificates_are_at_the_temperature_that_the_entry_says(string name)
    {
        var entry = SolverCatalogue.Find(name)!;
        var temperature = entry.Temperature(ParameterValues.Create(name, entry.Options, []));
        var solution = Solve(name, new SolveContext { Clock = new FakeClock() });
        Assert.Equal(temperature, solution.Best.Certificate.Temperature);
        Assert.Equal(temperature, solution.Last.Certificate.Temperature);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_solve_is_repeatable_to_the_bit_with_any_number_of_threads(string name)
    {
        var context = new SolveContext { Clock = new FakeClock(), Seed = 5 };
        var (first, second) = (Solve(name, context), Solve(name, context with { Threads = 2 }));
        Assert.Equal(first.Status, second.Status);
        Assert.Equal(first.Trace, second.Trace);
        Assert.Equal(first.Best.Policy.Probabilities, second.Best.Policy.Probabilities);
    }

    // Options that draw something where the defaults do not, so that both answers are met; iterations enough to come to the third start, and so few
    // that answers still differ.
    [Theory]
    [MemberData(nameof(Names))]
    public void Another_seed_gives_other_bits_where_the_entry_says_so_and_only_there(string name)
    {
        var entry = SolverCatalogue.Find(name)!;
        var names = entry.Options.Select(option => option.Name).ToHashSet(StringComparer.Ordinal);
        (string Key, string Value)[] drawing =
        [
            .. new[] { ("start", "random"), ("starts", "3") }.Where(option => names.Contains(option.Item1)),
        ];
        foreach (var chosen in new[] { [], drawing, [("starts", "2")] })
        {
            var iterations = names.Contains("starts") ? "200" : "4";
            var given = chosen.Append(("outer-iterations", iterations)).Where(option => names.Contains(option.Item1));
            var values = ParameterValues.Create(
                name,
                entry.Options,
                given.Select(option => KeyValuePair.Create(option.Item1, option.Item2))
            );
            var context = new SolveContext { Clock = new FakeClock(), Seed = 1 };
            var (first, second) = (
                entry.Solve(Game, values, context),
                entry.Solve(Game, values, context with { Seed = 2 })
            );
            var isSame =
                first.Trace.SequenceEqual(second.Trace)
                && first.Last.Policy.Probabilities.SequenceEqual(second.Last.Policy.Probabilities);
            Assert.Equal(entry.ReadsSeed(values), !isSame);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_solve_that_is_cancelled_at_once_is_not_a_success(string name)
    {
        var context = new SolveContext
        {
            Clock = new FakeClock(),
            Cancellation = new CancellationToken(canceled: true),
        };
        var solution = Solve(name, context);
        Assert.Equal(SolveStatus.Cancelled, solution.Status);
        Assert.Equal(solution.Best.Certificate, solution.Last.Certificate);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_ending_is_explained_in_one_line(string name)
    {
        var explanation = Solve(name, new SolveContext { Clock = new FakeClock() }).Explanation;
        Assert.EndsWith(".", explanation);
        Assert.DoesNotContain('\n', explanation);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Only_converged_is_success_and_texts_are_lower_case_words(SolveStatus status)
    {
        Assert.Equal(status == SolveStatus.Converged, status.IsSuccess());
        var words = string.Concat(
            status
                .ToString()
                .Select(
                    (c, i) => i > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
                )
        );
        Assert.Equal(words, status.Text());
    }

    private static Solution Solve(string name, SolveContext context)
    {
        var entry = SolverCatalogue.Find(name)!;
        return entry.Solve(Game, ParameterValues.Create(name, entry.Options, []), context);
    }
}
