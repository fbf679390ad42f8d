using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Runs;

public sealed class RunJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_and_their_order_are_those_of_the_contract()
    {
        using var document = JsonDocument.Parse(Text(SampleRun.Converged.Record));
        var root = document.RootElement;
        Assert.Equal(
            "format status explanation iterations bestIteration solveSeconds certifySeconds seed threads version game solver certificate lastCertificate mixture equilibria samples reference host files digest",
            Names(root)
        );
        Assert.Equal("name parameters states pairs droppedCells hash", Names(root.GetProperty("game")));
        Assert.Equal("name options", Names(root.GetProperty("solver")));
        Assert.Equal(
            "exploitability regularizedExploitability stationarityResidual recurrentClasses entropyBiasBound roundingSlack",
            Names(root.GetProperty("certificate"))
        );
        Assert.Equal("lower upper", Names(root.GetProperty("certificate").GetProperty("exploitability")));
        Assert.Equal(
            "lower upper temperature",
            Names(root.GetProperty("lastCertificate").GetProperty("regularizedExploitability"))
        );
        Assert.Equal("stateDrawing rollout population total plan", Names(root.GetProperty("samples")));
    }

    [Fact]
    public void A_mixture_reads_back_with_its_policy_certificate()
    {
        var record = SampleRun.Sampled.Record;
        using var document = JsonDocument.Parse(Text(record));
        Assert.Equal(
            "members value regularizedValue exploitability regularizedExploitability markovCertificate",
            Names(document.RootElement.GetProperty("mixture"))
        );
        var read = RunJsonReader.Read(_folder.Write("run.json", RunJsonWriter.Render(record))).Record;
        Assert.Equal(record.Mixture, read.Mixture);
        Assert.Equal(record.Samples, read.Samples);
        Assert.Equal(record.SamplingPlan, read.SamplingPlan);
    }

    [Fact]
    public void Values_have_the_JSON_types_of_their_kinds()
    {
        using var document = JsonDocument.Parse(Text(SampleRun.Converged.Record));
        var parameters = document.RootElement.GetProperty("game").GetProperty("parameters");
        Assert.Equal(0.1, parameters.GetProperty("slip").GetDouble());
        Assert.Equal("4", parameters.GetProperty("moves").GetString());
        Assert.Equal("...../...../...../...../....P", parameters.GetProperty("layout").GetString());
        var options = document.RootElement.GetProperty("solver").GetProperty("options");
        Assert.Equal(1e-4, options.GetProperty("tolerance").GetDouble());
        Assert.Equal(JsonValueKind.False, options.GetProperty("faithful").ValueKind);
        Assert.Equal("auto", options.GetProperty("warm-start").GetString());
        Assert.Equal("converged", document.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public void A_record_reads_back_as_itself()
    {
        foreach (var status in Enum.GetValues<SolveStatus>())
        {
            var record = SampleRun.Converged.Record with
            {
                Status = status,
                Explanation = "odd: \"quotes\", \\, \n new line, <tags>, é, 🙂, \u2028",
                Seed = long.MinValue,
                SolveSeconds = 0.1 + 0.2,
                CertifySeconds = double.Epsilon,
                Samples = new SampleAccount(1, 2, SampleAccount.LargestPart),
            };

            var read = RunJsonReader.Read(_folder.Write("run.json", RunJsonWriter.Render(record))).Record;

            Assert.Equal(Text(record), Text(read));
            Assert.Equal((record.Status, record.Explanation, record.Seed), (read.Status, read.Explanation, read.Seed));
            Assert.Equal((record.SolveSeconds, record.CertifySeconds), (read.SolveSeconds, read.CertifySeconds));
            Assert.Equal(
                (record.Certificate, record.Samples, record.Host),
                (read.Certificate, read.Samples, read.Host)
            );
        }
    }

    [Fact]
    public void No_bound_at_all_is_stored_as_null()
    {
        var certificate = SampleRun.Converged.Solution.Best.Certificate with
        {
            Exploitability = new Interval(0, double.PositiveInfinity),
            RoundingSlack = double.PositiveInfinity,
        };
        var record = SampleRun.Converged.Record with { LastCertificate = certificate };
        var path = _folder.Write("run.json", RunJsonWriter.Render(record));

        Assert.Equal(certificate, RunJsonReader.Read(path).Record.LastCertificate);
        Assert.Contains("\"upper\": null", File.ReadAllText(path), StringComparison.Ordinal);
    }

    // The digest's definition in the documentation, carried out by other means: leave out the digest line, hash the rest.
    [Fact]
    public void The_digest_is_the_hash_of_the_file_without_its_digest_line()
    {
        var lines = Text(SampleRun.Converged.Record).Split('\n').ToList();
        var line = lines.FindIndex(line => line.StartsWith("  \"digest\"", StringComparison.Ordinal));
        var digest = lines[line].Split('"')[3];
        lines.RemoveAt(line);

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        Assert.Equal(Convert.ToHexStringLower(hash), digest);
        Assert.Equal(digest, RunJsonWriter.Digest(SampleRun.Converged.Record));
    }

    [Theory]
    [InlineData("\"format\": 3", "\"format\": 1", "'format': found 1; allowed: 3")]
    [InlineData(
        "\"status\": \"converged\"",
        "\"status\": \"solved\"",
        "'status': found \"solved\"; allowed: one of converged, iteration-limit"
    )]
    [InlineData("\"threads\": 1", "\"threads\": 0", "'threads': found 0; allowed: a whole number from 1")]
    [InlineData("\"threads\": 1", "\"threads\": 257", "'threads': found 257; allowed: a whole number from 1 to 256")]
    [InlineData("\"threads\": 1", "\"threads\": \"1\"", "'threads': found \"1\"; allowed: a whole number")]
    [InlineData("\"threads\": 1", "\"threads\": 1.5", "'threads': found 1.5; allowed: a whole number")]
    [InlineData("\"seed\": 7", "\"seed\": 99999999999999999999", "'seed': found 99999999999999999999")]
    [InlineData("\"seed\": 7,", "", "'seed': is missing")]
    [InlineData(
        "\"seed\": 7,",
        "\"seed\": 7, \"seed\": 7,",
        "line 9: found '  \"seed\": 7, \"seed\": 7,'; allowed: exactly '  \"seed\": 7,'"
    )]
    [InlineData("\"seed\": 7,", "\"seed\":  7,", "line 9: found")]
    [InlineData(
        "\"seed\": 7,",
        "\"seed\": 7,\n  \"speed\": 7,",
        "line 10: found '  \"speed\": 7,'; allowed: exactly '  \"threads\": 1,'"
    )]
    [InlineData("\"seed\": 7,", "\"seed\": 7.0,", "'seed': found 7.0")]
    [InlineData(
        "\"name\": \"crowd-grid\"",
        "\"name\": \"chess\"",
        "'game.name': found \"chess\"; allowed: one of crowd-grid"
    )]
    [InlineData(
        "\"name\": \"mf-trpo\"",
        "\"name\": \"guess\"",
        "'solver.name': found \"guess\"; allowed: one of mf-trpo"
    )]
    [InlineData(
        "\"slip\": 0.1",
        "\"slip\": \"0.1\"",
        "'game.parameters.slip': found \"0.1\"; allowed: a number, true or false"
    )]
    [InlineData("\"slip\": 0.1", "\"slip\": 1e999", "'game.parameters.slip': found 1e999; allowed: a finite number")]
    [InlineData("\"moves\": \"4\"", "\"moves\": 4", "'game.parameters.moves': found 4; allowed: a text")]
    [InlineData(
        "\"recurrentClasses\": 1",
        "\"recurrentClasses\": []",
        "'certificate.recurrentClasses': found []; allowed: a whole number"
    )]
    [InlineData(
        "\"temperature\": 0.05,",
        "\"temperature\": -1,",
        "'solver.options.temperature': found -1; allowed: a finite number of at least 0"
    )]
    [InlineData(
        "\"temperature\": 0.05\n",
        "\"temperature\": -1\n",
        "'certificate.regularizedExploitability.temperature': found -1"
    )]
    [InlineData("\"total\": 0", "\"total\": 1", "found '    \"total\": 1,'; allowed: exactly '    \"total\": 0,'")]
    [InlineData(
        "\"files\": {",
        "\"files\": { \"../x\": 1",
        "'files.../x': found 1; allowed: a hash only of mean_field.npy"
    )]
    [InlineData("\"digest\": \"", "\"digest\": \"X", "'digest': found")]
    [InlineData("{", "", "line 2: this is not JSON; allowed: a run record")]
    [InlineData("}\n", "}\n ", "allowed: exactly")]
    [InlineData("\"explanation\": \"", "\"explanation\": \"\\ud800", "'explanation': found")]
    public void Any_other_text_is_refused_with_its_place(string found, string replacement, string message)
    {
        var text = Text(SampleRun.Converged.Record);
        var at =
            found == "}\n"
                ? text.LastIndexOf(found, StringComparison.Ordinal)
                : text.IndexOf(found, StringComparison.Ordinal);
        var path = _folder.Write("run.json", text.Remove(at, found.Length).Insert(at, replacement));

        var error = Assert.Throws<InputFileException>(() => RunJsonReader.Read(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\": {}}")]
    public void Other_JSON_is_refused(string text) =>
        Assert.Throws<InputFileException>(() => RunJsonReader.Read(_folder.Write("run.json", text)));

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<InputFileException>(() =>
            RunJsonReader.Read(_folder.Write("run.json", new string('[', 100_000)))
        );

    [Fact]
    public void Every_cut_off_record_is_refused()
    {
        var bytes = RunJsonWriter.Render(SampleRun.Converged.Record);
        for (var length = 0; length < bytes.Length; length += 13)
        {
            Assert.Throws<InputFileException>(() => RunJsonReader.Read(_folder.Write("run.json", bytes[..length])));
        }
    }

    private static string Text(RunRecord record) => Encoding.UTF8.GetString(RunJsonWriter.Render(record));

    private static string Names(JsonElement element) =>
        string.Join(' ', element.EnumerateObject().Select(property => property.Name));
}
