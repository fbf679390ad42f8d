using System.Globalization;
using MeanField.Diagnostics;
using MeanField.Experiments.Reports;
using MeanField.Tabular;

namespace MeanField.Cli;

/// <summary>What to do about a diagnosis, as commands to copy.</summary>
internal static class DoctorAdvice
{
    private const double LargeCoefficient = 10;
    private const int SamplesPerPair = 200;

    /// <summary>Appends the advice.</summary>
    public static void Append(DoctorReport.Lines lines, Diagnosis diagnosis, TabularGame game, DoctorRequest request)
    {
        lines.Heading("What to do", "");
        var solve = "meanfield solve " + Quoted(request.Game) + GameArguments(request);
        var steps = diagnosis.Options.TransitionSteps is { } number ? Set("transition-steps", number) : "";
        var temperature = Set("temperature", diagnosis.Options.Temperature);
        if (diagnosis.Step is { } step)
        {
            lines.Advice("The iteration that the theory is about, with the best β:");
            lines.Command(solve + temperature + Set("population-step", Rounded(step.Best)) + steps);
        }
        else
        {
            AppendRemedies(lines, diagnosis, request, solve, steps);
        }

        if (diagnosis.LocalStep is { } local && (diagnosis.Step is null || local.Best > 1.5 * diagnosis.Step.Best))
        {
            lines.Advice(
                "A β that the derivative at the fixed point allows near it, and that nothing proves elsewhere:"
            );
            lines.Command(solve + temperature + Set("population-step", Rounded(local.Best)) + steps);
        }

        AppendChain(lines, diagnosis);
        AppendSampling(lines, diagnosis, game, solve + " --solver mf-trpo-sampled" + temperature);
        var bias = diagnosis.EntropyBiasBound;
        if (bias > diagnosis.Budget.Target)
        {
            var least = diagnosis.Options.Temperature * diagnosis.Budget.Target / bias;
            lines.Advice(
                $"The bound on the entropy bias is above the target until the temperature is {DisplayNumber.Nearest(least, 2)}; the bias itself is usually far smaller, and certified by every solve."
            );
        }
    }

    private static void AppendRemedies(
        DoctorReport.Lines lines,
        Diagnosis diagnosis,
        DoctorRequest request,
        string solve,
        string steps
    )
    {
        if (diagnosis.CalmTemperature is { } calm)
        {
            lines.Advice("A higher temperature, at which a smaller search finds no violation of A-2; ask again there:");
            lines.Command(
                "meanfield doctor " + Quoted(request.Game) + GameArguments(request) + Set("temperature", calm) + steps
            );
        }
        else if (diagnosis.TriedTemperatures)
        {
            lines.Advice("No temperature up to 64 times this one is without a violation of A-2.");
        }

        if (diagnosis.Options.TransitionSteps is not null)
        {
            lines.Advice(
                "More transition steps: in the norm of A-2 a few steps of a chain need not contract, whatever the game:"
            );
            lines.Command(
                "meanfield doctor "
                    + Quoted(request.Game)
                    + GameArguments(request)
                    + Set("temperature", diagnosis.Options.Temperature)
            );
        }

        lines.Advice("A solver that needs no A-2, and certifies what it finds; there may be several equilibria:");
        lines.Command(solve);
        lines.Command(
            solve + " --solver newton" + Set("temperature", diagnosis.Options.Temperature) + " --set starts=20"
        );
    }

    private static void AppendChain(DoctorReport.Lines lines, Diagnosis diagnosis)
    {
        if (diagnosis.Chain.RecurrentClasses > 1)
        {
            lines.Advice(
                "The game falls apart: where the crowd ends depends on where it starts. Solve the parts one by one."
            );
        }
        else if (diagnosis.Chain.Period > 1 && diagnosis.Options.TransitionSteps is not null)
        {
            lines.Advice(
                $"The chain has period {DisplayNumber.Count(diagnosis.Chain.Period)}: a fixed number of transition steps never forgets where the crowd started; transition-steps=stationary does."
            );
        }
    }

    private static void AppendSampling(DoctorReport.Lines lines, Diagnosis diagnosis, TabularGame game, string solve)
    {
        if (diagnosis.Concentrability.MissedStates.Count > 0)
        {
            lines.Advice("A restart law that reaches every state, such as restart=uniform.");
        }
        else if (diagnosis.Concentrability.Coefficient > LargeCoefficient)
        {
            lines.Advice(
                "Restarts from the mean field, whose coefficient at an equilibrium is 1, though rare states are then seen rarely:"
            );
            lines.Command(solve + " --set restart=mean-field");
        }

        lines.Advice(
            $"Do not budget samples by the theory's number. The default of mf-trpo-sampled takes {SamplesPerPair} a pair, {DisplayNumber.Count((long)SamplesPerPair * game.PairCount)} here; docs/sampling.md has what was measured:"
        );
        lines.Command(solve);
    }

    private static string GameArguments(DoctorRequest request) =>
        string.Concat(request.GameParameters.Select(pair => " --game " + Quoted($"{pair.Key}={pair.Value}")));

    private static string Set(string name, double value) =>
        string.Create(CultureInfo.InvariantCulture, $" --set {name}={value:R}");

    // Three digits, downwards: less is safe.
    private static double Rounded(double step)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(step)) - 2);
        return double.Parse(
            (Math.Floor(step / unit * (1 + 1e-12)) * unit).ToString("G3", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        );
    }

    private static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || "=.,-_/:+".Contains(c, StringComparison.Ordinal))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
