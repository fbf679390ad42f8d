using System.Globalization;

namespace MeanField.Solvers;

/// <summary>The end of a solve in one sentence with numbers, and what to try next.</summary>
internal static class SolveExplanation
{
    public static string Of(SolveStatus status, SolverOptions options, int iterations, ScoreBoard scores, string advice)
    {
        var best = RoundedUp(scores.BestUpper);
        var state =
            (
                double.IsInfinity(scores.BestUpper)
                    ? $"no population came to rest under its policy, the first within {RoundedUp(scores.Best!.Certificate.StationarityResidual)}"
                : scores.Best!.Iteration == 0
                    ? $"nothing better than the start was found, certified regularised exploitability {best}"
                : $"best certified regularised exploitability {best} in iteration {scores.Best.Iteration}"
            ) + $", tolerance {Text(options.Tolerance)}";
        return status switch
        {
            SolveStatus.Converged =>
                $"Certified regularised exploitability {best} is within the tolerance {Text(options.Tolerance)} after {iterations} outer iterations.",
            SolveStatus.IterationLimit =>
                $"All {iterations} outer iterations are done; {state}. Try more, outer-iterations={4L * options.OuterIterations}.",
            SolveStatus.TimeLimit =>
                $"The time limit of {Text(options.TimeLimit)} s came after {iterations} outer iterations; {state}. Go on with a larger time-limit.",
            SolveStatus.SampleLimit =>
                $"The sample budget pays for no more than {iterations} outer iterations; {state}. {advice}",
            SolveStatus.Stalled when scores.Verdict() is null =>
                $"Nothing is left to try after {iterations} outer iterations; {state}. {Next(scores, advice)}",
            SolveStatus.Stalled =>
                $"No progress in {options.StallAfter} scored iterations; {state}. {Next(scores, advice)}",
            SolveStatus.Diverged =>
                $"The iterates moved away from the best one, now at {RoundedUp(LastUpper(scores))}; {state}. {Next(scores, advice)}",
            SolveStatus.SimulatorFailed => $"The simulator failed after {iterations} outer iterations; {state}.",
            _ => $"Stopped on request after {iterations} outer iterations; {state}.",
        };
    }

    private static double LastUpper(ScoreBoard scores) => scores.Last!.Certificate.RegularizedExploitability.Upper;

    private static string Next(ScoreBoard scores, string advice) =>
        scores.BestUpper <= 20 * scores.Best!.Certificate.RoundingSlack
            ? $"Rounding allows no certificate much below {RoundedUp(scores.BestUpper)} here."
            : advice;

    /// <summary>A number for people.</summary>
    public static string Text(double value) =>
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
