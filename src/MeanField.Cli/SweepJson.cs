using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MeanField.Experiments.Sweeps;
using MeanField.Numerics;

namespace MeanField.Cli;

/// <summary>A sweep for programs: one object with an array of its cells.</summary>
internal static class SweepJson
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The sweep as JSON. Numbers of a cell that has no run are left out; a bound that is infinite is null.</summary>
    public static string Text(SweepPlan plan, IReadOnlyList<SweepOutcome> outcomes, string folder)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteString("name", plan.Name);
            json.WriteString("folder", folder);
            json.WriteStartArray("cells");
            foreach (var outcome in outcomes)
            {
                WriteCell(json, plan, outcome);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteCell(Utf8JsonWriter json, SweepPlan plan, SweepOutcome outcome)
    {
        var cell = outcome.Cell;
        json.WriteStartObject();
        json.WriteString("cell", cell.Address);
        json.WriteString("game", cell.GameName);
        json.WriteString("solver", cell.Solver.Name);
        foreach (var axis in plan.Axes)
        {
            if (axis.Number(cell) is { } number)
            {
                json.WriteNumber(axis.QualifiedKey, number);
            }
            else if (axis.Text(cell) is { } text)
            {
                json.WriteString(axis.QualifiedKey, text);
            }
        }

        if (cell.ReadsSeed)
        {
            json.WriteNumber("seed", cell.Seed);
        }

        json.WriteString("status", SummaryText.Status(outcome));
        if (outcome.Record is { } run)
        {
            json.WriteNumber("iterations", run.Iterations);
            WriteInterval(json, "exploitability", run.Certificate.Exploitability);
            WriteInterval(json, "regularizedExploitability", run.Certificate.RegularizedExploitability);
            json.WriteNumber("temperature", run.Certificate.Temperature);
            json.WriteNumber("samples", run.Samples.Total);
            json.WriteString("folder", outcome.Folder);
        }
        else if (outcome.Failure is not null)
        {
            json.WriteString("failure", outcome.Failure);
        }

        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, Interval interval)
    {
        json.WriteStartObject(name);
        json.WriteNumber("lower", interval.Lower);
        if (double.IsFinite(interval.Upper))
        {
            json.WriteNumber("upper", interval.Upper);
        }
        else
        {
            json.WriteNull("upper");
        }

        json.WriteEndObject();
    }
}
