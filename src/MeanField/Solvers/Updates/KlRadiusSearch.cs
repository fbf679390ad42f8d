namespace MeanField.Solvers.Updates;

/// <summary>Finds the largest trust-region step whose mean KL stays within a radius.</summary>
internal static class KlRadiusSearch
{
    private const int RadiusTrials = 60;

    // At temperature 0 nothing bounds t once the policy rests; this many times the step of the other rules freezes no policy for ever.
    private const double LargestFreeStep = 1e6;

    /// <summary>Takes trial steps; the last one taken is the answer.</summary>
    /// <param name="options">Temperature, radius and step constant.</param>
    /// <param name="lastStepSize">t of the last inner iteration, or 0.</param>
    /// <param name="ruleStepSize">t of the paper rule in its first iteration.</param>
    /// <param name="take">Takes a step of size t from the policy that all trials start from, and returns its mean KL.</param>
    public static void TakeLargest(
        MfTrpoOptions options,
        double lastStepSize,
        double ruleStepSize,
        Func<double, double> take
    )
    {
        var radius = options.KlRadius;
        var largest =
            options.Temperature > 0 ? 1 / options.Temperature : LargestFreeStep * ruleStepSize / options.StepConstant;
        var (within, beyond) = (0.0, double.PositiveInfinity);
        var trial = Math.Min(largest, lastStepSize > 0 ? lastStepSize : ruleStepSize);
        for (var n = 0; n < RadiusTrials; n++)
        {
            var divergence = take(trial);
            if (divergence <= radius)
            {
                within = trial;
                if (trial >= largest || divergence >= 0.999 * radius)
                {
                    return;
                }
            }
            else
            {
                beyond = trial;
            }

            // The mean KL grows with t, like t² at first, which makes √(radius/KL) the factor to try before bisecting.
            var guess = trial * Math.Sqrt(radius / Math.Max(divergence, 1e-4 * radius));
            var isInside = guess > within && guess < beyond;
            trial = Math.Min(largest, isInside && n < 10 ? guess : 0.5 * (within + Math.Min(beyond, largest)));
        }

        take(within);
    }
}
