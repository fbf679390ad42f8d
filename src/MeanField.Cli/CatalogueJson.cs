using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>The listings of games and solvers for programs: an array of objects.</summary>
internal static class CatalogueJson
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The listing as JSON.</summary>
    /// <param name="what">The name of the array of parameters in each object.</param>
    /// <param name="entries">The games or solvers.</param>
    public static string Text(string what, IReadOnlyList<CatalogueEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("name", entry.Name);
                json.WriteString("summary", entry.Summary);
                json.WriteString("source", entry.Source);
                json.WriteStartArray(what);
                foreach (var parameter in entry.Parameters)
                {
                    Write(json, parameter);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, ParameterDescription parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("summary", parameter.Summary);
        json.WriteString("kind", KindText(parameter.Kind));
        json.WriteString("default", parameter.Default);
        json.WriteString("allowed", parameter.Allowed);
        if (parameter.Kind is ParameterKind.Number or ParameterKind.WholeNumber)
        {
            WriteBound(json, "minimum", parameter.Minimum);
            json.WriteBoolean("minimumExcluded", parameter.MinimumExcluded);
            WriteBound(json, "maximum", parameter.Maximum);
            json.WriteBoolean("maximumExcluded", parameter.MaximumExcluded);
        }

        if (parameter.Choices.Count > 0)
        {
            json.WriteStartArray("choices");
            foreach (var choice in parameter.Choices)
            {
                json.WriteStringValue(choice);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // JSON has no infinity: an open end is null.
    private static void WriteBound(Utf8JsonWriter json, string name, double bound)
    {
        if (double.IsFinite(bound))
        {
            json.WriteNumber(name, bound);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string KindText(ParameterKind kind) =>
        kind switch
        {
            ParameterKind.Number => "number",
            ParameterKind.WholeNumber => "whole-number",
            ParameterKind.Switch => "switch",
            ParameterKind.Choice => "choice",
            _ => "text",
        };
}
