using System.Text;
using System.Text.Json;
using MeanField.Diagnostics;
using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Experiments.Diagnoses;

/// <summary>A diagnosis as the text of doctor.json. Numbers that are infinite or were not looked for are null.</summary>
public static class DiagnosisJson
{
    /// <summary>The whole file.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="record">The game, for its name and parameters.</param>
    /// <param name="game">The same, for the names of its states.</param>
    /// <param name="options">The options of the diagnosis as text.</param>
    /// <param name="version">The version of the program.</param>
    public static string Render(
        Diagnosis diagnosis,
        GameRecord record,
        TabularGame game,
        ParameterValues options,
        string version
    )
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, RunJsonWriter.Options))
        {
            json.WriteStartObject();
            json.WriteString("version", version);
            RunJsonWriter.WriteGame(json, record);
            json.WriteStartObject("options");
            foreach (var (name, value) in options.InOrder())
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteNumber("seed", diagnosis.Seed);
            json.WriteBoolean("violated", diagnosis.IsViolated);
            WriteNumber(json, "fixedPointResidual", diagnosis.Residual);
            WriteMonotonicity(json, diagnosis.Monotonicity);
            WriteChain(json, diagnosis.Chain, game);
            WriteConcentrability(json, diagnosis.Concentrability, game);
            WriteNumber(json, "entropyBiasBound", diagnosis.EntropyBiasBound);
            json.WriteStartObject("theory");
            WriteNumber(json, "target", diagnosis.Budget.Target);
            WriteNumber(json, "returnSpan", diagnosis.Budget.ReturnSpan);
            json.WriteNumber("horizon", diagnosis.Budget.Horizon);
            WriteNumber(json, "samples", diagnosis.Budget.Samples);
            json.WriteEndObject();
            WriteStep(json, "populationStep", diagnosis.Step);
            WriteStep(json, "localPopulationStep", diagnosis.LocalStep);
            json.WriteBoolean("triedTemperatures", diagnosis.TriedTemperatures);
            WriteNumber(json, "calmTemperature", diagnosis.CalmTemperature);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>A verdict in the words of doctor.json.</summary>
    public static string Word(AssumptionVerdict verdict) =>
        verdict switch
        {
            AssumptionVerdict.Holds => "holds",
            AssumptionVerdict.NoViolationFound => "no-violation-found",
            AssumptionVerdict.Undecided => "undecided",
            _ => "violated",
        };

    private static void WriteMonotonicity(Utf8JsonWriter json, MonotonicityReport report)
    {
        json.WriteStartObject("monotonicity");
        json.WriteString("verdict", Word(report.Verdict));
        WriteNumber(json, "ratio", report.Pair?.Ratio);
        WriteNumber(json, "margin", report.Pair?.Margin);
        json.WriteString("place", report.Pair?.Place);
        WriteNumber(json, "largestEigenvalue", report.LargestEigenvalue);
        json.WriteString("eigenvaluePlace", report.EigenvaluePlace);
        WriteNumber(json, "constant", report.Constant);
        WriteNumber(json, "lipschitz", report.Lipschitz);
        WriteNumber(json, "localConstant", report.LocalConstant);
        WriteNumber(json, "localLipschitz", report.LocalLipschitz);
        json.WriteStartObject("search");
        json.WriteNumber("laws", report.Laws);
        json.WriteNumber("pairs", report.Pairs);
        json.WriteNumber("derivatives", report.Derivatives);
        json.WriteNumber("dimension", report.Dimension);
        json.WriteBoolean("complete", report.IsComplete);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChain(Utf8JsonWriter json, ChainReport report, TabularGame game)
    {
        json.WriteStartObject("unichain");
        json.WriteString("verdict", Word(report.Verdict));
        json.WriteNumber("recurrentClasses", report.RecurrentClasses);
        json.WriteNumber("transientStates", report.TransientStates);
        WriteStates(json, "separateStates", report.SeparateStates, game);
        json.WriteNumber("period", report.Period);
        WriteNumber(json, "secondEigenvalueEstimate", report.SecondEigenvalue);
        WriteNumber(json, "dobrushin", report.Dobrushin);
        json.WriteEndObject();
    }

    private static void WriteConcentrability(Utf8JsonWriter json, ConcentrabilityReport report, TabularGame game)
    {
        json.WriteStartObject("concentrability");
        json.WriteString("verdict", Word(report.Verdict));
        WriteNumber(json, "coefficient", report.Coefficient);
        WriteStates(json, "worstState", [report.WorstState], game);
        WriteStates(json, "missedStates", report.MissedStates, game);
        json.WriteEndObject();
    }

    private static void WriteStates(Utf8JsonWriter json, string name, IReadOnlyList<int> states, TabularGame game)
    {
        json.WriteStartArray(name);
        foreach (var state in states)
        {
            json.WriteStringValue(game.Source.StateName(state));
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, string name, StepAdvice? step)
    {
        if (step is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteNumber(json, "limit", step.Limit);
        WriteNumber(json, "best", step.Best);
        WriteNumber(json, "factor", step.Factor);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
