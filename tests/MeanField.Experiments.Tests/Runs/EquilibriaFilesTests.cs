using System.Globalization;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Numerics;

namespace MeanField.Experiments.Tests.Runs;

public sealed class EquilibriaFilesTests : IDisposable
{
    private static readonly Lazy<SampleRun> Several = new(() =>
        SampleRun.Solve([new("congestion", "-1")], [new("starts", "6")], "newton")
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_equilibria_are_stored_row_by_row_and_each_is_certified_from_its_row()
    {
        var record = Several.Value.WriteTo(_folder.Path);
        var equilibria = Several.Value.Solution.Equilibria;
        Assert.True(equilibria.Count > 1);
        Assert.Equal(equilibria.Select(equilibrium => equilibrium.Certificate), record.Equilibria);
        var policies = NpyFile.Read(_folder.PathOf("policy_equilibria.npy"));
        Assert.Equal([equilibria.Count, 125], policies.Shape);
        Assert.Equal(equilibria[1].Policy.Probabilities.ToArray(), policies.Values[125..250]);
        var read = StoredRun.Read(_folder.Path);
        Assert.Equal(equilibria.Select(equilibrium => equilibrium.MeanField), read.EquilibriaMeanFields);
        Assert.Empty(RunCertification.Check(_folder.Path).Findings);
        Assert.Equal(File.ReadAllText(_folder.PathOf("report.html")), ReportPage.Render(read));
    }

    [Fact]
    public void A_single_equilibrium_is_the_answer_and_needs_no_files()
    {
        var record = SampleRun.Solve([], [new("starts", "3")], "newton").WriteTo(_folder.Path);
        Assert.Empty(record.Equilibria);
        Assert.False(File.Exists(_folder.PathOf("policy_equilibria.npy")));
    }

    [Fact]
    public void A_forged_equilibrium_is_found_by_recomputation()
    {
        var forger = new Forger(_folder, Several.Value.WriteTo(_folder.Path));
        forger.Forge(record =>
            record with
            {
                Equilibria =
                [
                    record.Equilibria[0],
                    record.Equilibria[1] with
                    {
                        Exploitability = new Interval(0, 1e-15),
                    },
                    .. record.Equilibria.Skip(2),
                ],
            }
        );
        AssertFinding("equilibria[1].exploitability");
    }

    [Theory]
    [InlineData("policy_equilibria.npy")]
    [InlineData("mean_field_equilibria.npy")]
    public void Rows_that_were_exchanged_are_found(string name)
    {
        var forger = new Forger(_folder, Several.Value.WriteTo(_folder.Path));
        var array = NpyFile.Read(_folder.PathOf(name));
        var length = array.Shape[1];
        double[] exchanged =
        [
            .. array.Values[length..(2 * length)],
            .. array.Values[..length],
            .. array.Values[(2 * length)..],
        ];
        using (var stream = File.Create(_folder.PathOf(name)))
        {
            NpyFile.Write(stream, exchanged, [.. array.Shape]);
        }

        forger.ForgeHashes();
        AssertFinding("mean_field_equilibria.npy, row 0");
    }

    [Fact]
    public void Equilibria_without_their_files_and_files_without_equilibria_are_found()
    {
        var forger = new Forger(_folder, Several.Value.WriteTo(_folder.Path));
        forger.Forge(record => record with { Equilibria = [] });
        AssertFinding("files: found policy_equilibria.npy");
    }

    [Fact]
    public void The_report_and_the_words_for_a_crowd_name_its_fullest_states()
    {
        Several.Value.WriteTo(_folder.Path);
        var second = Several.Value.Solution.Equilibria[1].MeanField;
        var fullest = Enumerable.Range(0, second.Count).MaxBy(state => second[state]);
        var expected = string.Create(CultureInfo.InvariantCulture, $"{fullest / 5},{fullest % 5} with ");
        Assert.StartsWith(expected, FullestStates.Text(second, Several.Value.Game.Source), StringComparison.Ordinal);
        Assert.Contains($"<td>{expected}", File.ReadAllText(_folder.PathOf("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Hardly_filled_states_are_not_named()
    {
        Assert.Equal("state 1 with 0.98", FullestStates.Text([0.009, 0.98, 0.009, 0.002], game: null));
        Assert.Equal("state 0 with 0.005", FullestStates.Text([.. Enumerable.Repeat(0.005, 200)], game: null));
    }

    private void AssertFinding(string text)
    {
        var outcome = RunCertification.Check(_folder.Path);
        Assert.Contains(outcome.Findings, finding => finding.Contains(text, StringComparison.Ordinal));
    }
}
