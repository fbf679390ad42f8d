using System.Globalization;
using MeanField.Catalogue;
using MeanField.Equilibrium;
using MeanField.Experiments.Formats;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Experiments.Runs;

/// <summary>
/// Certifies a stored run from its files alone: hashes show accidents, and the certificate, recomputed from the game, the policy and the
/// mean field, shows everything else, whoever also recomputed the hashes.
/// </summary>
/// <remarks>What cannot be recomputed rests on the hashes alone: the trace, times, sample counts, a mixture apart from its Markov policy, and the host. Certificates are
/// recomputed with this version's certifier; one that gives narrower intervals than the version that made the run reports that.</remarks>
public static class RunCertification
{
    /// <summary>Checks a run folder. All that does not hold is reported together.</summary>
    /// <param name="folder">The folder with run.json. Nothing in it is changed.</param>
    /// <exception cref="InputFileException">There is no such folder, or its run.json is missing or no run record.</exception>
    public static CertificationOutcome Check(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var findings = new List<string>();
        var record = CheckHashes(folder, findings);
        CheckTrace(folder, record, findings);
        return new CertificationOutcome(record, Recompute(folder, record, findings), findings);
    }

    /// <summary>Reads a run record and compares its digest and the hashes of the files beside it.</summary>
    /// <exception cref="InputFileException">There is no such folder, or its run.json is missing or no run record.</exception>
    internal static RunRecord CheckHashes(string folder, List<string> findings)
    {
        var (record, digest) = RunJsonReader.Read(StoredRun.RecordPath(folder));
        var expected = RunJsonWriter.Digest(record);
        if (digest != expected)
        {
            findings.Add($"{RunFiles.Record}, digest: found {digest}; expected {expected}");
        }

        CheckFiles(folder, record, findings);
        return record;
    }

    private static void CheckFiles(string folder, RunRecord record, List<string> findings)
    {
        var missing = RunFiles.AlwaysListed.Where(name => !record.Files.ContainsKey(name));
        findings.AddRange(missing.Select(name => $"{RunFiles.Record}, files: found no hash of {name}; expected one"));
        foreach (var pair in RunFiles.SometimesListedPairs)
        {
            var listed = pair.Where(record.Files.ContainsKey).ToList();
            if (listed.Count == 1)
            {
                findings.Add(
                    $"{RunFiles.Record}, files: found only {listed[0]}; expected {string.Join(" and ", pair)} or neither"
                );
            }
        }

        if (record.Files.ContainsKey(RunFiles.MixturePolicy) != record.Mixture is not null)
        {
            findings.Add(
                $"{RunFiles.Record}, files: found {(record.Mixture is null ? "" : "no ")}{RunFiles.MixturePolicy}; expected one where there is a mixture, and only there"
            );
        }

        if (record.Files.ContainsKey(RunFiles.EquilibriaPolicies) != record.Equilibria.Count > 0)
        {
            findings.Add(
                $"{RunFiles.Record}, files: found {(record.Equilibria.Count == 0 ? "" : "no ")}{RunFiles.EquilibriaPolicies}; expected one where there are several equilibria, and only there"
            );
        }

        foreach (var (name, hash) in record.Files)
        {
            Try(
                () =>
                {
                    using var stream = InputFile.Open(Path.Combine(folder, name));
                    var found = InputFile.HashOf(stream, Path.Combine(folder, name));
                    if (found != hash)
                    {
                        findings.Add($"{name}: found SHA-256 {found}; expected {hash}");
                    }
                },
                findings
            );
        }
    }

    // The trace cannot be recomputed, but what it says about the two stored iterates can be compared.
    private static void CheckTrace(string folder, RunRecord record, List<string> findings) =>
        Try(
            () =>
            {
                var trace = TraceFile.Read(Path.Combine(folder, RunFiles.Trace));
                var best = trace.FirstOrDefault(row => row.Iteration == record.BestIteration);
                CheckTraceRow(best, $"iteration {record.BestIteration}", record.Certificate, findings);
                CheckTraceRow(trace.Count > 0 ? trace[^1] : null, "last line", record.LastCertificate, findings);
                CheckTraceSamples(trace, record.Samples, findings);
            },
            findings
        );

    private static void CheckTraceRow(TraceRow? row, string place, Certificate certificate, List<string> findings)
    {
        if (row is null)
        {
            findings.Add($"{RunFiles.Trace}, {place}: found no such line; expected one");
        }
        else if (
            row.Exploitability != certificate.Exploitability
            || row.RegularizedExploitability != certificate.RegularizedExploitability
        )
        {
            findings.Add(
                $"{RunFiles.Trace}, {place}: found other exploitabilities than in {RunFiles.Record}; expected the same"
            );
        }
    }

    // Accounts only grow, and what a run spent includes an iteration that did not come to its end.
    private static void CheckTraceSamples(IReadOnlyList<TraceRow> trace, SampleAccount spent, List<string> findings)
    {
        var before = default(SampleAccount);
        foreach (
            var (samples, place) in trace
                .Select(row => (row.Samples, $"iteration {row.Iteration}"))
                .Append((spent, "run.json"))
        )
        {
            if (
                samples.StateDrawing < before.StateDrawing
                || samples.Rollout < before.Rollout
                || samples.Population < before.Population
            )
            {
                findings.Add($"{RunFiles.Trace}, {place}: found fewer samples than before; expected as many or more");
            }

            before = samples;
        }
    }

    private static Certificate? Recompute(string folder, RunRecord record, List<string> findings)
    {
        Certificate? certificate = null;
        Try(
            () =>
            {
                var game = CreateGame(record, findings);
                var options = SolverOptions(record);
                var temperature = Temperature(record, options, findings);
                var best = new StoredPair("certificate", RunFiles.Policy, RunFiles.MeanField, record.Certificate);
                if (Recompute(folder, record, game, best, temperature, findings) is { } found)
                {
                    certificate = found.Certificate;
                    CheckStatus(record, options, found.Certificate, found.Allowance, findings);
                }

                if (record.Files.ContainsKey(RunFiles.LastPolicy))
                {
                    var last = new StoredPair(
                        "lastCertificate",
                        RunFiles.LastPolicy,
                        RunFiles.LastMeanField,
                        record.LastCertificate
                    );
                    Recompute(folder, record, game, last, temperature, findings);
                }
                else if (record.LastCertificate != record.Certificate)
                {
                    findings.Add(
                        $"{RunFiles.Record}, lastCertificate: found another one; expected that of the best iterate, which is the last"
                    );
                }

                if (record.Mixture is { } mixture)
                {
                    var markov = new StoredPair(
                        "mixture.markovCertificate",
                        RunFiles.MixturePolicy,
                        RunFiles.MixtureMeanField,
                        mixture.MarkovCertificate
                    );
                    Recompute(folder, record, game, markov, temperature, findings);
                }

                if (record.Equilibria.Count > 0)
                {
                    RecomputeEquilibria(folder, record, game, temperature, findings);
                }
            },
            findings
        );
        return certificate;
    }

    private static TabularGame CreateGame(RunRecord record, List<string> findings)
    {
        var definition = GameCatalogue.Find(record.Game.Name)!;
        var owner = $"{RunFiles.Record}, game {definition.Name}";
        var values = ParameterValues.Create(owner, definition.Parameters, record.Game.Parameters);
        var source = definition.Create(values);
        var game = TabularGame.Create(source);
        var hash = GameSpec.HashOf(definition.Name, record.Game.Parameters);
        Expect("game.hash", record.Game.Hash, hash, findings);
        Expect("game.states", record.Game.States, game.StateCount, findings);
        Expect("game.pairs", record.Game.Pairs, game.PairCount, findings);
        Expect("game.droppedCells", record.Game.DroppedCells, (source as CrowdGrid)?.DroppedCells ?? 0, findings);
        return game;
    }

    private static ParameterValues SolverOptions(RunRecord record)
    {
        var definition = SolverCatalogue.Find(record.Solver.Name)!;
        var owner = $"{RunFiles.Record}, solver {definition.Name}";
        return ParameterValues.Create(owner, definition.Options, record.Solver.Options);
    }

    private static double Temperature(RunRecord record, ParameterValues options, List<string> findings)
    {
        var temperature = SolverCatalogue.Find(record.Solver.Name)!.Temperature(options);
        Expect(
            "certificate.regularizedExploitability.temperature",
            record.Certificate.Temperature,
            temperature,
            findings
        );
        Expect(
            "lastCertificate.regularizedExploitability.temperature",
            record.LastCertificate.Temperature,
            temperature,
            findings
        );
        foreach (var equilibrium in record.Equilibria)
        {
            Expect("equilibria.regularizedExploitability.temperature", equilibrium.Temperature, temperature, findings);
        }

        Expect(
            "mixture.markovCertificate.regularizedExploitability.temperature",
            record.Mixture?.MarkovCertificate.Temperature ?? temperature,
            temperature,
            findings
        );
        return temperature;
    }

    // A policy and its mean field that stand in files of their own.
    private static (Certificate Certificate, double Allowance)? Recompute(
        string folder,
        RunRecord record,
        TabularGame game,
        StoredPair pair,
        double temperature,
        List<string> findings
    )
    {
        (Certificate, double)? recomputed = null;
        Try(
            () =>
            {
                var (probabilities, pairOffsets) = PolicyFile.Read(
                    Path.Combine(folder, pair.Policy),
                    record.Game.States,
                    record.Game.Pairs
                );
                var meanField = PolicyFile.ReadMeanField(Path.Combine(folder, pair.MeanField), record.Game.States);
                if (!game.PairOffsets.SequenceEqual(pairOffsets))
                {
                    findings.Add($"{pair.Policy}: found rows of other states and actions; expected those of the game");
                    return;
                }

                recomputed = pair.Recompute(game, probabilities, meanField, temperature, findings);
            },
            findings
        );
        return recomputed;
    }

    private static void RecomputeEquilibria(
        string folder,
        RunRecord record,
        TabularGame game,
        double temperature,
        List<string> findings
    ) =>
        Try(
            () =>
            {
                var count = record.Equilibria.Count;
                var policies = EquilibriaFiles.Read(
                    Path.Combine(folder, RunFiles.EquilibriaPolicies),
                    count,
                    record.Game.Pairs
                );
                var meanFields = EquilibriaFiles.Read(
                    Path.Combine(folder, RunFiles.EquilibriaMeanFields),
                    count,
                    record.Game.States
                );
                for (var row = 0; row < count; row++)
                {
                    var pair = new StoredPair(
                        $"equilibria[{row}]",
                        $"{RunFiles.EquilibriaPolicies}, row {row}",
                        $"{RunFiles.EquilibriaMeanFields}, row {row}",
                        record.Equilibria[row]
                    );
                    pair.Recompute(game, policies[row], meanFields[row], temperature, findings);
                }
            },
            findings
        );

    // The stored end decided how the solve ended; the recomputed one shows that it is not made up.
    private static void CheckStatus(
        RunRecord record,
        ParameterValues options,
        Certificate recomputed,
        double allowance,
        List<string> findings
    )
    {
        var tolerance = options.Number("tolerance");
        var upper = recomputed.RegularizedExploitability.Upper;
        var isWithin = tolerance > 0 && record.Certificate.RegularizedExploitability.Upper <= tolerance;
        if (isWithin != record.Status.IsSuccess() || (isWithin && upper > tolerance + allowance))
        {
            findings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RunFiles.Record}, status: found {record.Status.Text()}; expected another, as the regularised exploitability is at most {upper:R} and the tolerance {tolerance:R}"
                )
            );
        }
    }

    private static void Expect<T>(string key, T found, T expected, List<string> findings)
        where T : IEquatable<T>
    {
        if (!found.Equals(expected))
        {
            findings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RunFiles.Record}, {key}: found {found}; expected {expected}"
                )
            );
        }
    }

    private static void Try(Action check, List<string> findings)
    {
        try
        {
            check();
        }
        catch (Exception e) when (e is InputFileException or ParameterException or InvalidGameException)
        {
            findings.Add(e.Message);
        }
    }
}
