using MeanField.Numerics;

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

    private IReadOnlyList<Action<double>> _starts = [];
    private double _first;
    private int _attempt;
    private bool _isSettling;
    private bool _isDescending;
    private int _answers;
    private double _factor;
    private double _lowest;
    private double _higher;

    /// <summary>Whether the iteration stands at a root for its temperature.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whether that root is the one that was wanted.</summary>
    public bool HasArrived => IsSettled && newton.Temperature <= target;

    /// <summary>The highest temperature that was tried.</summary>
    public double HighestTemperature { get; private set; }

    /// <summary>Begins a walk from a start to the target.</summary>
    /// <param name="starts">Each puts the iteration at a start, at a temperature; at every temperature they are tried in turn.</param>
    /// <param name="first">The temperature to start at.</param>
    public void Begin(IReadOnlyList<Action<double>> starts, double first)
    {
        (_starts, _first) = (starts, first);
        (_attempt, _isSettling, _isDescending) = (0, false, false);
    }

    /// <summary>Goes on with the walk by a Newton step or a temperature.</summary>
    /// <param name="step">What it did.</param>
    /// <returns>Whether there was one. The walk ends where the target is reached, at once when the solve must stop, and where nothing helps.</returns>
    public bool TryMove(out OuterStep step) => (!_isDescending && TryStart(out step)) || TryDescend(out step);

    /// <summary>How far the walk is, begun before from the same start.</summary>
    public void Exchange(StateArchive archive)
    {
        IsSettled = archive.Value("isSettled", IsSettled);
        HighestTemperature = archive.Value("highestTemperature", HighestTemperature);
        _attempt = archive.Value("attempt", _attempt);
        _isSettling = archive.Value("isSettling", _isSettling);
        _isDescending = archive.Value("isDescending", _isDescending);
        _answers = archive.Value("answers", _answers);
        _factor = archive.Value("factor", _factor);
        _lowest = archive.Value("lowest", _lowest);
        _higher = archive.Value("higher", _higher);
    }

    // To a root from a start, at ever higher temperatures.
    private bool TryStart(out OuterStep step)
    {
        var attempts = (Raises + 1) * _starts.Count;
        while (_isSettling || _attempt == 0 || (!IsSettled && _attempt < attempts && stop.Reason is null))
        {
            if (!_isSettling)
            {
                var temperature = _first * Math.Pow(RaiseFactor, _attempt / _starts.Count);
                HighestTemperature = Math.Max(HighestTemperature, temperature);
                _starts[_attempt % _starts.Count](temperature);
                (_isSettling, _answers) = (true, 0);
            }

            if (TrySettle(StepsFromStart, out step))
            {
                return true;
            }

            _isSettling = false;
            _attempt++;
        }

        (_isDescending, _factor, _lowest) = (true, FirstFactor, LowestTemperature * newton.Current.Scale);
        step = default;
        return false;
    }

    // From a root to the next at a lower temperature.
    private bool TryDescend(out OuterStep step)
    {
        while (_isSettling || CanGoLower(_factor, _lowest))
        {
            if (!_isSettling)
            {
                _higher = newton.Temperature;
                newton.Save();
                newton.ChangeTemperature(Math.Max(target, _factor * _higher));
                (_isSettling, _answers) = (true, 0);
            }

            if (TrySettle(StepsFromRoot, out step))
            {
                return true;
            }

            _isSettling = false;
            if (!IsSettled)
            {
                newton.Restore(_higher);
                IsSettled = true;
                _factor = Math.Sqrt(_factor);
            }
            else if (_answers <= FewSteps)
            {
                _factor = Math.Max(SmallestFactor, _factor * _factor);
            }
            else if (_answers > ManySteps)
            {
                _factor = Math.Sqrt(_factor);
            }
        }

        step = default;
        return false;
    }

    private bool CanGoLower(double factor, double lowest) =>
        IsSettled && stop.Reason is null && newton.Temperature > Math.Max(target, lowest) && factor <= LargestFactor;

    // Newton steps until there is a root for this temperature; at least one answer, also where the start is a root.
    private bool TrySettle(int steps, out OuterStep step)
    {
        step = default;
        if (_answers == 0)
        {
            IsSettled = IsRoot();
            if (IsSettled)
            {
                _answers++;
                return true;
            }
        }

        if (IsSettled || _answers >= steps)
        {
            return false;
        }

        if (!newton.TryStep())
        {
            // Nothing is better than what is here: at a root rounding is what is left.
            IsSettled = stop.Reason is null && newton.IsAtRest;
            return false;
        }

        IsSettled = IsRoot();
        _answers++;
        step = newton.LastStep;
        return true;
    }

    private bool IsRoot() =>
        target > 0 && newton.Temperature <= target
            ? newton.Current.Residual <= Math.Max(residualTolerance, newton.ResidualFloor)
            : newton.Current.Merit(newton.Current.Policy)
                <= Math.Max(LooseTolerance * newton.Temperature, newton.MeritFloor);
}
