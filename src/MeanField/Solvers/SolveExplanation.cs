using System.Globalization;

namespace MeanField.Solvers;

/// <summary>The end of a solve in one sentence with numbers, and what to try next.</summary>
internal static class SolveExplanation
{
    public static string Of(
        SolveStatus status,
        MfTrpoOptions options,
        int iterations,
        ScoreBoard scores,
        string? advice = null
    )
    {
        var best = RoundedUp(scores.BestUpper);
        var state =
            (
                scores.Best!.Iteration == 0
                    ? $"nothing better than the uniform start was found, certified regularised exploitability {best}"
                    : $"best certified regularised exploitability {best} in iteration {scores.Best.Iteration}"
            ) + $", tolerance {Text(options.Tolerance)}";
        return status switch
        {
            SolveStatus.Converged =>
                $"Certified regularised exploitability {best} is within the tolerance {Text(options.Tolerance)} after {iterations} outer iterations.",
            SolveStatus.IterationLimit => $"All {iterations} outer iterations are done; {state}.",
            SolveStatus.TimeLimit =>
                $"The time limit of {Text(options.TimeLimit)} s came after {iterations} outer iterations; {state}.",
            SolveStatus.SampleLimit => $"The sample budget is spent after {iterations} outer iterations; {state}.",
            SolveStatus.Stalled =>
                $"No progress in {options.StallAfter} scored iterations; {state}. {advice ?? Advice(options, scores)}",
            SolveStatus.Diverged =>
                $"The iterates moved away from the best one, now at {RoundedUp(LastUpper(scores))}; {state}. {advice ?? Advice(options, scores)}",
            SolveStatus.SimulatorFailed => $"The simulator failed after {iterations} outer iterations; {state}.",
            _ => $"Stopped on request after {iterations} outer iterations; {state}.",
        };
    }

    private static double LastUpper(ScoreBoard scores) => scores.Last!.Certificate.RegularizedExploitability.Upper;

    // A population that keeps circling the equilibrium is by far the commonest failure, and a smaller step its cure; a population that
    // rests away from it is left there by an inner loop that ends too early.
    private static string Advice(MfTrpoOptions options, ScoreBoard scores)
    {
        if (scores.BestUpper <= 20 * scores.Best!.Certificate.RoundingSlack)
        {
            return $"Rounding allows no certificate much below {RoundedUp(scores.BestUpper)} here.";
        }

        var isCircling = scores.Trace[^1].PopulationChange > 1e-6;
        return isCircling
            ? $"Try a smaller population step, population-step={Text(options.PopulationStep / 5)}; then a higher temperature."
            : $"Try more inner iterations, inner-iterations={10 * (long)options.InnerIterations}, or transition-steps=stationary.";
    }

    private static string Text(double value) =>
        value.ToString("0.###e+0", CultureInfo.InvariantCulture) switch
        {
            _ when value == 0 || (Math.Abs(value) >= 1e-3 && Math.Abs(value) < 1e6) => value.ToString(
                "G6",
                CultureInfo.InvariantCulture
            ),
            var scientific => scientific,
        };

    // Three digits of a proved upper end, never less than the end itself.
    private static string RoundedUp(double value)
    {
        if (!(value > 0) || double.IsInfinity(value))
        {
            return Text(value);
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
        return Text(Math.Ceiling(value / unit) * unit);
    }
}
