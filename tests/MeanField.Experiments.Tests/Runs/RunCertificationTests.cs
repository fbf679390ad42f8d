using MeanField.Equilibrium;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Numerics;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Runs;

/// <summary>An attacker here edits a number and then makes every hash and the digest right again: only recomputation can tell.</summary>
public sealed class RunCertificationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Forger _forger;

    public RunCertificationTests() => _forger = new Forger(_folder, SampleRun.Converged.WriteTo(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_honest_run_holds_and_is_certified_anew()
    {
        var outcome = RunCertification.Check(_folder.Path);
        Assert.Empty(outcome.Findings);
        Assert.True(outcome.Holds);
        var stored = outcome.Stored.Certificate.RegularizedExploitability;
        var recomputed = outcome.Recomputed!.RegularizedExploitability;
        Assert.InRange(recomputed.Upper, stored.Lower, stored.Upper + 1e-11);
    }

    [Fact]
    public void An_honest_run_that_did_not_converge_holds_too()
    {
        using var folder = new TemporaryFolder();
        SampleRun.Unconverged.WriteTo(folder.Path);
        Assert.Empty(RunCertification.Check(folder.Path).Findings);
    }

    [Fact]
    public void Certifying_changes_no_file()
    {
        var before = Directory.GetFiles(_folder.Path).Select(File.GetLastWriteTimeUtc).ToList();
        RunCertification.Check(_folder.Path);
        Assert.Equal(before, Directory.GetFiles(_folder.Path).Select(File.GetLastWriteTimeUtc));
    }

    [Theory]
    [InlineData("policy.npy")]
    [InlineData("mean_field.npy")]
    [InlineData("trace.csv")]
    public void A_changed_bit_is_found_by_the_hash(string name)
    {
        var bytes = File.ReadAllBytes(_folder.PathOf(name));
        bytes[^3] ^= 1;
        File.WriteAllBytes(_folder.PathOf(name), bytes);
        AssertFinding($"{name}: found SHA-256");
    }

    [Theory]
    [InlineData("policy.npy")]
    [InlineData("mean_field.npy")]
    [InlineData("trace.csv")]
    public void A_missing_file_is_found(string name)
    {
        File.Delete(_folder.PathOf(name));
        AssertFinding($"{name}: was not found");
    }

    [Fact]
    public void Several_faults_are_reported_together()
    {
        File.Delete(_folder.PathOf("trace.csv"));
        _forger.EditPolicy((values, row) => values[(3 * row) + 2] = 1, row: 3, honestHashes: false);
        var findings = RunCertification.Check(_folder.Path).Findings;
        Assert.Contains(findings, finding => finding.Contains("trace.csv: was not found", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("policy.npy: found SHA-256", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("sums to", StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_edited_by_hand_is_found_by_its_digest()
    {
        var path = _folder.PathOf("run.json");
        File.WriteAllText(
            path,
            File.ReadAllText(path).Replace("\"threads\": 1", "\"threads\": 2", StringComparison.Ordinal)
        );
        AssertFinding("run.json, digest: found");
    }

    [Fact]
    public void A_file_that_is_not_listed_is_missed()
    {
        _forger.Forge(record =>
            record with
            {
                Files = record.Files.Where(file => file.Key != "policy.npy").ToDictionary(StringComparer.Ordinal),
            }
        );
        AssertFinding("run.json, files: found no hash of policy.npy");
    }

    // Moving probability from one action to another keeps the policy a policy; it only is not the certified one any more.
    [Fact]
    public void A_forged_policy_is_found_by_recomputation()
    {
        _forger.EditPolicy(
            (values, row) =>
            {
                var moved = values[(3 * row) + 2] * 0.01;
                values[(3 * row) + 2] -= moved;
                values[(3 * row) + 5] += moved;
            },
            row: LikeliestActionOf(state: 24)
        );
        AssertFinding("certificate.regularizedExploitability");
    }

    [Fact]
    public void A_forged_mean_field_is_found_by_recomputation()
    {
        _forger.EditMeanField(values =>
        {
            values[0] += 1e-6;
            values[24] -= 1e-6;
        });
        AssertFinding("certificate.stationarityResidual");
    }

    // The certificate is honest here; the crowd just does not stay where the file has it.
    [Fact]
    public void A_mean_field_that_does_not_last_is_found_though_its_certificate_is_right()
    {
        _forger.EditMeanField(values => Array.Fill(values, 0.04));
        var run = SampleRun.Converged;
        var uniform = Enumerable.Repeat(0.04, 25).ToArray();
        _forger.ForgeCertificate(Certifier.Certify(run.Game, run.Solution.Best.Policy, uniform, 0.05));
        _forger.Forge(record => record with { Status = SolveStatus.IterationLimit });
        AssertFinding("mean_field.npy: found a residual of");
        AssertFinding("from the stationary law of policy.npy");
        Assert.Equal(2, RunCertification.Check(_folder.Path).Findings.Count);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999999)]
    [InlineData(1.000001)]
    [InlineData(2)]
    public void A_forged_exploitability_is_found_by_recomputation(double factor)
    {
        var certificate = _forger.Record.Certificate;
        _forger.ForgeCertificate(certificate with { Exploitability = Scaled(certificate.Exploitability, factor) });
        AssertFinding("run.json, certificate.exploitability");
        _forger.ForgeCertificate(
            certificate with
            {
                RegularizedExploitability = Scaled(certificate.RegularizedExploitability, factor),
            }
        );
        AssertFinding("run.json, certificate.regularizedExploitability");
    }

    [Fact]
    public void One_forged_end_is_found_by_recomputation()
    {
        var certificate = _forger.Record.Certificate;
        _forger.ForgeCertificate(
            certificate with
            {
                Exploitability = new Interval(0, certificate.Exploitability.Upper),
            }
        );
        AssertFinding("run.json, certificate.exploitability.lower: found 0; expected");
        _forger.ForgeCertificate(
            certificate with
            {
                Exploitability = new Interval(certificate.Exploitability.Lower, 1),
            }
        );
        AssertFinding("run.json, certificate.exploitability.upper: found 1; expected");
    }

    [Fact]
    public void Other_forged_parts_of_the_certificate_are_found_by_recomputation()
    {
        var certificate = _forger.Record.Certificate;
        _forger.ForgeCertificate(certificate with { StationarityResidual = 1e-3 });
        AssertFinding("run.json, certificate.stationarityResidual: found 0.001; expected");
        _forger.ForgeCertificate(certificate with { RecurrentClasses = 2 });
        AssertFinding("run.json, certificate.recurrentClasses: found 2; expected 1");
        _forger.ForgeCertificate(certificate with { EntropyBiasBound = 0.1 });
        AssertFinding("run.json, certificate.entropyBiasBound: found 0.1; expected");
        _forger.ForgeCertificate(certificate with { RoundingSlack = 1e-3 });
        AssertFinding("run.json, certificate.roundingSlack: found 0.001; expected");
        _forger.ForgeCertificate(certificate with { Temperature = 0.5 });
        AssertFinding("run.json, certificate.regularizedExploitability.temperature: found 0.5; expected 0.05");
    }

    [Fact]
    public void A_forged_certificate_of_the_last_iterate_is_found()
    {
        _forger.Forge(record => record with { LastCertificate = record.Certificate with { RecurrentClasses = 3 } });
        AssertFinding("run.json, lastCertificate: found another one");

        using var folder = new TemporaryFolder();
        var unconverged = SampleRun.Unconverged.WriteTo(folder.Path);
        var forged = unconverged with { LastCertificate = unconverged.LastCertificate with { RecurrentClasses = 3 } };
        folder.Write("run.json", RunJsonWriter.Render(forged));
        AssertFinding("run.json, lastCertificate.recurrentClasses: found 3; expected 1", folder.Path);
    }

    [Theory]
    [InlineData(SolveStatus.IterationLimit)]
    [InlineData(SolveStatus.Cancelled)]
    public void A_converged_run_that_claims_it_did_not_is_found(SolveStatus status)
    {
        _forger.Forge(record => record with { Status = status });
        AssertFinding($"run.json, status: found {status.Text()}; expected another");
    }

    [Fact]
    public void A_run_that_claims_to_have_converged_is_found()
    {
        using var folder = new TemporaryFolder();
        var record = SampleRun.Unconverged.WriteTo(folder.Path);
        folder.Write("run.json", RunJsonWriter.Render(record with { Status = SolveStatus.Converged }));
        AssertFinding("run.json, status: found converged; expected another", folder.Path);
    }

    [Fact]
    public void A_run_that_claims_a_tighter_tolerance_is_found()
    {
        _forger.Forge(record =>
            record with
            {
                Solver = record.Solver with
                {
                    Options = [.. record.Solver.Options.Select(o => o.Key == "tolerance" ? new(o.Key, "1E-09") : o)],
                },
            }
        );
        AssertFinding("run.json, status: found converged; expected another");
    }

    [Theory]
    [InlineData("slip", "0.2")]
    [InlineData("congestion", "1.001")]
    [InlineData("discount", "0.89")]
    public void Forged_game_parameters_are_found_by_their_hash_and_by_recomputation(string key, string value)
    {
        var parameters = _forger.Record.Game.Parameters.Select(p => p.Key == key ? new(p.Key, value) : p).ToList();
        _forger.Forge(record => record with { Game = record.Game with { Parameters = parameters } });
        AssertFinding("run.json, game.hash: found");
        _forger.Forge(record =>
            record with
            {
                Game = record.Game with { Hash = GameSpec.HashOf("crowd-grid", parameters) },
            }
        );
        AssertFinding("run.json, certificate.");
    }

    [Fact]
    public void Parameters_that_make_no_game_are_found()
    {
        var parameters = _forger
            .Record.Game.Parameters.Select(p => p.Key == "targets" ? new(p.Key, "9,9") : p)
            .ToList();
        _forger.Forge(record => record with { Game = record.Game with { Parameters = parameters } });
        AssertFinding("9,9");
        Assert.Null(RunCertification.Check(_folder.Path).Recomputed);
    }

    [Fact]
    public void Wrong_counts_are_found()
    {
        _forger.Forge(record => record with { Game = record.Game with { States = 24, Pairs = 124, DroppedCells = 3 } });
        AssertFinding("run.json, game.states: found 24; expected 25");
        AssertFinding("run.json, game.pairs: found 124; expected 125");
        AssertFinding("run.json, game.droppedCells: found 3; expected 0");
        AssertFinding("policy.npy: the shape is (125, 3); allowed: (124, 3)");
    }

    [Theory]
    [InlineData(double.NaN, "policy.npy: row 3 has probability NaN; allowed: 0 to 1")]
    [InlineData(-0.1, "policy.npy: row 3 has probability -0.1; allowed: 0 to 1")]
    [InlineData(0.99, "policy at state 0,0 sums to")]
    public void A_policy_that_is_none_is_found(double probability, string message)
    {
        _forger.EditPolicy((values, row) => values[(3 * row) + 2] = probability, row: 3);
        AssertFinding(message);
    }

    [Fact]
    public void Rows_in_another_order_are_found()
    {
        _forger.EditPolicy(
            (values, row) => (values[3 * row], values[3 * (row + 1)]) = (values[3 * (row + 1)], values[3 * row]),
            row: 4
        );
        AssertFinding("policy.npy: row 4 is state 1, action 4; allowed: states 0 to 24 in order");
    }

    [Fact]
    public void Rows_of_other_actions_are_found()
    {
        // State 0 gets a sixth action and state 1 loses its first: still in order, but not this game's.
        _forger.EditPolicy(
            (values, row) =>
            {
                (values[3 * row], values[(3 * row) + 1]) = (0, 5);
                for (var action = 0; action < 4; action++)
                {
                    values[(3 * (row + 1 + action)) + 1] = action;
                }
            },
            row: 5
        );
        AssertFinding("policy.npy: found rows of other states and actions");
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "mean_field.npy: state 2 has probability Infinity; allowed: 0 to 1")]
    [InlineData(0.5, "mean field sums to")]
    public void A_mean_field_that_is_none_is_found(double probability, string message)
    {
        _forger.EditMeanField(values => values[2] = probability);
        AssertFinding(message);
    }

    [Fact]
    public void A_trace_that_tells_another_story_is_found()
    {
        var trace = SampleRun.Converged.Solution.Trace.Select(row =>
            row with
            {
                RegularizedExploitability = new(0, 1e-9),
            }
        );
        using (var stream = File.Create(_folder.PathOf("trace.csv")))
        {
            TraceFile.Write(stream, trace);
        }

        _forger.ForgeHashes();
        AssertFinding("trace.csv, last line: found other exploitabilities");
    }

    [Fact]
    public void Something_that_is_no_run_folder_is_an_input_error()
    {
        Assert.Contains(
            "was not found; allowed: a run folder",
            Error(_folder.PathOf("none")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is a file; allowed: a run folder",
            Error(_folder.PathOf("run.json")),
            StringComparison.Ordinal
        );
        File.Delete(_folder.PathOf("run.json"));
        Assert.Contains("run.json: was not found", Error(_folder.Path), StringComparison.Ordinal);

        static string Error(string path) =>
            Assert.Throws<InputFileException>(() => RunCertification.Check(path)).Message;
    }

    private static Interval Scaled(Interval interval, double factor) =>
        new(interval.Lower * factor, interval.Upper * factor);

    private static int LikeliestActionOf(int state)
    {
        var probabilities = SampleRun.Converged.Solution.Best.Policy.Probabilities.Slice(state * 5, 4);
        return (state * 5) + probabilities.IndexOf(probabilities.ToArray().Max());
    }

    private void AssertFinding(string text, string? folder = null)
    {
        var outcome = RunCertification.Check(folder ?? _folder.Path);
        Assert.False(outcome.Holds);
        Assert.Contains(outcome.Findings, finding => finding.Contains(text, StringComparison.Ordinal));
        Assert.DoesNotContain(outcome.Findings, finding => finding.Contains('\n', StringComparison.Ordinal));
    }
}
