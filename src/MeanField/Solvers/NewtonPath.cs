namespace MeanField.Solvers;

/// <summary>
/// Follows a regularised equilibrium to a low temperature: a root at one temperature is the start of Newton's method at the next lower one.
/// Temperatures fall by a factor that adapts to how many steps a root takes; where Newton's method fails from a start, it is tried at higher ones
/// first.
/// </summary>
/// <remarks>
/// A change of temperature needs no predictor: for a pair that is worse than others by a fixed amount log π is proportional to 1/η, and Newton's
/// first step finds exactly that. All constants are this project's own.
/// </remarks>
internal sealed class NewtonPath(NewtonIteration newton, double target, double residualTolerance, StopSignal stop)
{
    private const int StepsFromStart = 60;
    private const int StepsFromRoot = 15;
    private const int Raises = 20;
    private const double RaiseFactor = 4;
    private const double FirstFactor = 0.25;
    private const double SmallestFactor = 0.01;
    private const double LargestFactor = 0.99;
    private const double LowestTemperature = 1e-14;

    // On the way a root must only be near enough to start from, measured against the temperature, which is the scale of what it decides.
    private const double LooseTolerance = 1e-3;
    private const int FewSteps = 4;
    private const int ManySteps = 8;

    /// <summary>Whether the iteration stands at a root for its temperature.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whether that root is the one that was wanted.</summary>
    public bool HasArrived => IsSettled && newton.Temperature <= target;

    /// <summary>The highest temperature that was tried.</summary>
    public double HighestTemperature { get; private set; }

    /// <summary>Walks from a start to the target, a Newton step or a temperature at a time.</summary>
    /// <param name="starts">Each puts the iteration at a start, at a temperature; at every temperature they are tried in turn.</param>
    /// <param name="first">The temperature to start at.</param>
    /// <returns>What each step did. It ends where the target is reached, at once when the solve must stop, and where nothing helps.</returns>
    public IEnumerable<OuterStep> Walk(IReadOnlyList<Action<double>> starts, double first)
    {
        var attempts = (Raises + 1) * starts.Count;
        for (var attempt = 0; attempt == 0 || (!IsSettled && attempt < attempts && stop.Reason is null); attempt++)
        {
            var temperature = first * Math.Pow(RaiseFactor, attempt / starts.Count);
            HighestTemperature = Math.Max(HighestTemperature, temperature);
            starts[attempt % starts.Count](temperature);
            foreach (var step in Settle(StepsFromStart))
            {
                yield return step;
            }
        }

        var lowest = LowestTemperature * newton.Current.Scale;
        for (var factor = FirstFactor; CanGoLower(factor, lowest); )
        {
            var temperature = newton.Temperature;
            newton.Save();
            newton.ChangeTemperature(Math.Max(target, factor * temperature));
            var steps = 0;
            foreach (var step in Settle(StepsFromRoot))
            {
                steps++;
                yield return step;
            }

            if (!IsSettled)
            {
                newton.Restore(temperature);
                IsSettled = true;
                factor = Math.Sqrt(factor);
            }
            else if (steps <= FewSteps)
            {
                factor = Math.Max(SmallestFactor, factor * factor);
            }
            else if (steps > ManySteps)
            {
                factor = Math.Sqrt(factor);
            }
        }
    }

    private bool CanGoLower(double factor, double lowest) =>
        IsSettled && stop.Reason is null && newton.Temperature > Math.Max(target, lowest) && factor <= LargestFactor;

    // Newton steps until there is a root for this temperature; at least one answer, also where the start is a root.
    private IEnumerable<OuterStep> Settle(int steps)
    {
        IsSettled = IsRoot();
        if (IsSettled)
        {
            yield return default;
        }

        for (var step = 0; step < steps && !IsSettled; step++)
        {
            if (!newton.TryStep())
            {
                // Nothing is better than what is here: at a root rounding is what is left.
                IsSettled = stop.Reason is null && newton.IsAtRest;
                yield break;
            }

            IsSettled = IsRoot();
            yield return newton.LastStep;
        }
    }

    private bool IsRoot() =>
        target > 0 && newton.Temperature <= target
            ? newton.Current.Residual <= Math.Max(residualTolerance, newton.ResidualFloor)
            : newton.Current.Merit(newton.Current.Policy)
                <= Math.Max(LooseTolerance * newton.Temperature, newton.MeritFloor);
}
