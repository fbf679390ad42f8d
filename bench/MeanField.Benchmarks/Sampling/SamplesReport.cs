using System.Globalization;

namespace MeanField.Benchmarks.Sampling;

/// <summary>The tables of the command <c>samples</c>, as Markdown.</summary>
/// <param name="plan">How much was measured.</param>
internal sealed class SamplesReport(SamplesPlan plan)
{
    private const double TailFrom = 0.01;

    // Beyond this a method has not begun to converge, and no power of n describes it.
    private const double Convergent = 0.1;

    /// <summary>A table of the samples that accuracies take.</summary>
    /// <param name="runs">Runs at one temperature.</param>
    /// <param name="title">What it is a table of.</param>
    /// <param name="variants">The methods, one a row.</param>
    /// <param name="samples">First or stays.</param>
    public IEnumerable<string> AccuracyTable(
        IReadOnlyList<SampleRun> runs,
        string title,
        IEnumerable<SampleVariant> variants,
        Func<SampleRun, double> samples
    )
    {
        var targets = plan.Accuracies.Concat(plan.FineAccuracies).ToArray();
        yield return title;
        yield return "";
        yield return $"| method | {string.Join(" | ", targets.Select(Number))} | slope | slope from {Number(TailFrom)} |";
        yield return $"|---|{string.Concat(Enumerable.Repeat("---:|", targets.Length + 2))}";
        foreach (var variant in variants)
        {
            var ofVariant = runs.Where(run => run.Variant == variant).ToArray();
            var cells = targets.Select(target =>
                Cell(Values(ofVariant, target, samples), Count, $"> {Count(plan.LimitOf(variant))}")
            );
            var (all, tail) = (Slope(ofVariant, samples, 1, 0), Slope(ofVariant, samples, TailFrom, 0));
            yield return $"| {variant.Title} | {string.Join(" | ", cells)} | {Power(all)} | {Power(tail)} |";
        }
    }

    /// <summary>A table of the accuracies that samples buy.</summary>
    /// <param name="runs">Runs at one temperature.</param>
    /// <param name="title">What it is a table of.</param>
    /// <param name="variants">The methods, one a row.</param>
    /// <param name="accuracy">Of the last iterate or the mixture.</param>
    public IEnumerable<string> BudgetTable(
        IReadOnlyList<SampleRun> runs,
        string title,
        IEnumerable<SampleVariant> variants,
        Func<SampleRun, double> accuracy
    )
    {
        yield return title;
        yield return "";
        yield return $"| method | {string.Join(" | ", plan.Budgets.Select(Count))} | falls like n to the power |";
        yield return $"|---|{string.Concat(Enumerable.Repeat("---:|", plan.Budgets.Count + 1))}";
        foreach (var variant in variants)
        {
            var ofVariant = runs.Where(run => run.Variant == variant).ToArray();
            var cells = plan.Budgets.Select(budget => Cell(Values(ofVariant, budget, accuracy), Accuracy, "none"));
            var power = LogSlope.Of(Medians(ofVariant, accuracy).Where(point => point.Median <= Convergent));
            yield return $"| {variant.Name} | {string.Join(" | ", cells)} | {Power(power)} |";
        }
    }

    /// <summary>The slope of log samples against log 1/ε through the medians of the accuracies that were reached; NaN with fewer than two.</summary>
    /// <param name="runs">Runs of one method at one temperature.</param>
    /// <param name="samples">First or stays.</param>
    /// <param name="largest">Only accuracies up to this one.</param>
    /// <param name="smallest">Only accuracies from this one.</param>
    public static double Slope(
        IEnumerable<SampleRun> runs,
        Func<SampleRun, double> samples,
        double largest,
        double smallest
    ) => -LogSlope.Of(Medians(runs, samples).Where(point => point.Target <= largest && point.Target >= smallest));

    private static IEnumerable<(double Target, double Median)> Medians(
        IEnumerable<SampleRun> runs,
        Func<SampleRun, double> value
    ) => runs.GroupBy(run => run.Target).Select(cell => (cell.Key, Quartiles.MedianOf(cell.Select(value))));

    private static double[] Values(SampleRun[] runs, double target, Func<SampleRun, double> value) =>
        [.. runs.Where(run => run.Target == target).Select(value)];

    private static string Cell(double[] values, Func<double, string> text, string infinite)
    {
        if (values.Length == 0)
        {
            return "not tried";
        }

        string Text(double value) => double.IsPositiveInfinity(value) ? infinite : text(value);
        var (lower, median, upper) = Quartiles.Of(values);
        return double.IsPositiveInfinity(lower) ? infinite : $"{Text(median)} ({Text(lower)} to {Text(upper)})";
    }

    private static string Count(double samples) =>
        samples switch
        {
            < 1e3 => samples.ToString("F0", CultureInfo.InvariantCulture),
            < 1e6 => (samples / 1e3).ToString("G3", CultureInfo.InvariantCulture) + " k",
            < 1e9 => (samples / 1e6).ToString("G3", CultureInfo.InvariantCulture) + " M",
            _ => (samples / 1e9).ToString("G3", CultureInfo.InvariantCulture) + " G",
        };

    private static string Accuracy(double value) =>
        value.ToString(value < 1e-3 ? "0.0e-0" : "G2", CultureInfo.InvariantCulture);

    private static string Power(double slope) =>
        double.IsNaN(slope) ? "-" : slope.ToString("F2", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
