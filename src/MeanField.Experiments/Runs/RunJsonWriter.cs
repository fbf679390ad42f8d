using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MeanField.Catalogue;
using MeanField.Equilibrium;
using MeanField.Numerics;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>
/// Renders a run record as the text of run.json: one canonical text for each record, with its own SHA-256 in the last line. To check
/// that digest without this program, leave out the line and hash the rest: <c>grep -v '^  "digest"' run.json | sha256sum</c>.
/// </summary>
internal static class RunJsonWriter
{
    /// <summary>How the files of this program look.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        // The file is no HTML: escaping quotes and non-ASCII letters would only make floor plans and names unreadable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The whole file.</summary>
    public static byte[] Render(RunRecord record)
    {
        var head = Head(record);
        return Render(head, Digest(head));
    }

    /// <summary>The whole file as it would be with a given digest.</summary>
    public static byte[] Render(RunRecord record, string digest) => Render(Head(record), digest);

    /// <summary>The digest that belongs to a record.</summary>
    public static string Digest(RunRecord record) => Digest(Head(record));

    private static byte[] Render(byte[] head, string digest) =>
        [.. head, .. "  \"digest\": \""u8, .. System.Text.Encoding.ASCII.GetBytes(digest), .. "\"\n}\n"u8];

    private static string Digest(byte[] head) => Convert.ToHexStringLower(SHA256.HashData([.. head, .. "}\n"u8]));

    private static byte[] Head(RunRecord record)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            WriteRecord(json, record);
        }

        return [.. buffer.ToArray().AsSpan()[..^"\n}".Length], .. ",\n"u8];
    }

    private static void WriteRecord(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("format", record.Format);
        json.WriteString("status", record.Status.Text());
        json.WriteString("explanation", record.Explanation);
        json.WriteNumber("iterations", record.Iterations);
        json.WriteNumber("bestIteration", record.BestIteration);
        json.WriteNumber("solveSeconds", record.SolveSeconds);
        json.WriteNumber("certifySeconds", record.CertifySeconds);
        json.WriteNumber("seed", record.Seed);
        json.WriteNumber("threads", record.Threads);
        json.WriteString("version", record.Version);
        WriteGame(json, record.Game);
        WriteSolver(json, record.Solver);
        WriteCertificate(json, "certificate", record.Certificate);
        WriteCertificate(json, "lastCertificate", record.LastCertificate);

        WriteMixture(json, record.Mixture);
        json.WriteStartArray("equilibria");
        foreach (var certificate in record.Equilibria)
        {
            json.WriteStartObject();
            WriteFields(json, certificate);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        json.WriteStartObject("samples");
        json.WriteNumber("stateDrawing", record.Samples.StateDrawing);
        json.WriteNumber("rollout", record.Samples.Rollout);
        json.WriteNumber("population", record.Samples.Population);
        json.WriteNumber("total", record.Samples.Total);
        json.WriteString("plan", record.SamplingPlan);
        json.WriteEndObject();

        json.WriteString("reference", record.Reference);

        json.WriteStartObject("host");
        json.WriteString("operatingSystem", record.Host.OperatingSystem);
        json.WriteString("runtime", record.Host.Runtime);
        json.WriteNumber("processors", record.Host.Processors);
        json.WriteEndObject();

        json.WriteStartObject("files");
        foreach (var (name, hash) in record.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, hash);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The property <c>game</c> of a file.</summary>
    public static void WriteGame(Utf8JsonWriter json, GameRecord game)
    {
        var definition =
            GameCatalogue.Find(game.Name)
            ?? throw new ArgumentException($"The catalogue has no game '{game.Name}'", nameof(game));
        json.WriteStartObject("game");
        json.WriteString("name", game.Name);
        WriteValues(json, "parameters", definition.Parameters, game.Parameters);
        json.WriteNumber("states", game.States);
        json.WriteNumber("pairs", game.Pairs);
        json.WriteNumber("droppedCells", game.DroppedCells);
        json.WriteString("hash", game.Hash);
        json.WriteEndObject();
    }

    /// <summary>Writes the solver of a run.</summary>
    public static void WriteSolver(Utf8JsonWriter json, SolverRecord solver)
    {
        var definition =
            SolverCatalogue.Find(solver.Name)
            ?? throw new ArgumentException($"The catalogue has no solver '{solver.Name}'", nameof(solver));
        json.WriteStartObject("solver");
        json.WriteString("name", solver.Name);
        WriteValues(json, "options", definition.Options, solver.Options);
        json.WriteEndObject();
    }

    /// <summary>Writes values as JSON says them best.</summary>
    public static void WriteValues(
        Utf8JsonWriter json,
        string name,
        IReadOnlyList<ParameterDescription> descriptions,
        IReadOnlyList<KeyValuePair<string, string>> values
    )
    {
        json.WriteStartObject(name);
        foreach (var (key, text) in values)
        {
            json.WritePropertyName(key);
            if (IsJsonText(descriptions.First(description => description.Name == key), text))
            {
                json.WriteStringValue(text);
            }
            else
            {
                json.WriteRawValue(text);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Whether a value is a JSON string; the others stand as they are, as JSON numbers, true or false.</summary>
    public static bool IsJsonText(ParameterDescription description, string text) =>
        description.Kind is ParameterKind.Choice or ParameterKind.Text
        || description.Choices.Contains(text, StringComparer.Ordinal);

    private static void WriteMixture(Utf8JsonWriter json, MixtureRecord? mixture)
    {
        if (mixture is null)
        {
            json.WriteNull("mixture");
            return;
        }

        json.WriteStartObject("mixture");
        json.WriteNumber("members", mixture.Members);
        json.WriteNumber("value", mixture.Value);
        json.WriteNumber("regularizedValue", mixture.RegularizedValue);
        WriteInterval(json, "exploitability", mixture.Exploitability);
        WriteInterval(json, "regularizedExploitability", mixture.RegularizedExploitability);
        WriteCertificate(json, "markovCertificate", mixture.MarkovCertificate);
        json.WriteEndObject();
    }

    private static void WriteCertificate(Utf8JsonWriter json, string name, Certificate certificate)
    {
        json.WriteStartObject(name);
        WriteFields(json, certificate);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, Certificate certificate)
    {
        WriteInterval(json, "exploitability", certificate.Exploitability);
        json.WriteStartObject("regularizedExploitability");
        WriteEnds(json, certificate.RegularizedExploitability);
        json.WriteNumber("temperature", certificate.Temperature);
        json.WriteEndObject();
        json.WriteNumber("stationarityResidual", certificate.StationarityResidual);
        json.WriteNumber("recurrentClasses", certificate.RecurrentClasses);
        json.WriteNumber("entropyBiasBound", certificate.EntropyBiasBound);
        WriteFiniteOrNull(json, "roundingSlack", certificate.RoundingSlack);
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, Interval interval)
    {
        json.WriteStartObject(name);
        WriteEnds(json, interval);
        json.WriteEndObject();
    }

    private static void WriteEnds(Utf8JsonWriter json, Interval interval)
    {
        json.WriteNumber("lower", interval.Lower);
        WriteFiniteOrNull(json, "upper", interval.Upper);
    }

    // JSON has no infinity; null says that there is no bound.
    private static void WriteFiniteOrNull(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsPositiveInfinity(value))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }
}
