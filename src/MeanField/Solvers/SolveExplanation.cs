using System.Globalization;

namespace MeanField.Solvers;

/// <summary>The end of a solve in one sentence with numbers.</summary>
internal static class SolveExplanation
{
    public static string Of(SolveStatus status, MfTrpoOptions options, int iterations, ScoreBoard scores)
    {
        var best = Text(scores.BestUpper);
        var last = Text(scores.Last!.Certificate.RegularizedExploitability.Upper);
        var tolerance = Text(options.Tolerance);
        var state =
            $"best certified regularised exploitability {best} in iteration {scores.Best!.Iteration}, tolerance {tolerance}";
        return status switch
        {
            SolveStatus.Converged =>
                $"Certified regularised exploitability {best} is within the tolerance {tolerance} after {iterations} outer iterations.",
            SolveStatus.IterationLimit => $"All {iterations} outer iterations are done; {state}.",
            SolveStatus.TimeLimit =>
                $"The time limit of {Text(options.TimeLimit)} s came after {iterations} outer iterations; {state}.",
            SolveStatus.SampleLimit => $"The sample budget is spent after {iterations} outer iterations; {state}.",
            SolveStatus.Stalled => $"No progress in {options.StallAfter} scored iterations, now at {last}; {state}. "
                + "More inner iterations, a smaller population step or a higher temperature may help.",
            SolveStatus.Diverged => $"The iterates moved away from the best one, now at {last}; {state}. "
                + "A smaller population step or a higher temperature may help; the game may not be monotone.",
            _ => $"Stopped on request after {iterations} outer iterations; {state}.",
        };
    }

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
