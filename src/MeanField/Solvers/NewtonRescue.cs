using MeanField.Markov;
using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>
/// The way out for a solver whose own steps do not help any more: Newton's method, from the last temperature that had settled down to the one wanted
/// (docs/newton.md). Once it leads no further, it is tried again only from a lower temperature.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
/// <param name="pattern">The chain's pattern; without an elimination plan there is no way out.</param>
/// <param name="target">η wanted; 0 goes on until the tolerance is met.</param>
/// <param name="team">Threads.</param>
/// <param name="stop">Ends a step early.</param>
internal sealed class NewtonRescue(InducedChain pattern, double target, ThreadTeam team, StopSignal stop)
{
    private const double ResidualTolerance = 1e-12;

    private NewtonIteration? _newton;
    private NewtonPath? _path;
    private bool _isSpent;

    /// <summary>Whether it is under way.</summary>
    public bool IsUnderWay => _path is not null;

    /// <summary>Whether it can still be tried.</summary>
    public bool IsPossible => pattern.Plan is not null && !_isSpent && !IsUnderWay;

    /// <summary>Whether it stands at a root for its temperature.</summary>
    public bool IsSettled => _path!.IsSettled;

    /// <summary>Where it stands, while it is under way.</summary>
    public NewtonPoint Current => _newton!.Current;

    /// <summary>Begins at a policy and a mean field.</summary>
    /// <param name="temperature">The temperature that they belong to.</param>
    /// <param name="logPolicy">log π up to a number for each state, one a pair.</param>
    /// <param name="meanField">μ by state.</param>
    public void Begin(double temperature, double[] logPolicy, double[] meanField)
    {
        _newton = new NewtonIteration(pattern, team, stop);
        _newton.StartFrom(temperature, logPolicy, meanField);
        _path = new NewtonPath(_newton, target, ResidualTolerance, stop);
        _path.Begin([t => _newton.StartFrom(t, logPolicy, meanField)], temperature);
    }

    /// <summary>Goes on by a Newton step or a temperature.</summary>
    /// <param name="step">What it did.</param>
    /// <returns>Whether there was one; otherwise it leads no further, or the solve must stop.</returns>
    public bool TryMove(out OuterStep step) => _path!.TryMove(out step);

    /// <summary>Ends it where it leads no further.</summary>
    /// <param name="temperature">The lowest temperature that had settled before; becomes that of the last root where it is lower.</param>
    /// <param name="logPolicy">What belongs to it.</param>
    /// <param name="meanField">What belongs to it.</param>
    /// <returns>Whether it has led to a lower temperature.</returns>
    public bool End(ref double temperature, double[] logPolicy, double[] meanField)
    {
        var hasHelped = IsSettled && _newton!.Temperature < temperature;
        if (hasHelped)
        {
            temperature = _newton!.Temperature;
            Current.LogPolicy.CopyTo(logPolicy, 0);
            Current.MeanField.CopyTo(meanField, 0);
        }

        (_newton, _path, _isSpent) = (null, null, true);
        return hasHelped;
    }

    /// <summary>Lets it be tried again, because the solver has come further since.</summary>
    public void Renew() => _isSpent = false;

    /// <summary>How far it is, begun before from the same policy and mean field.</summary>
    /// <param name="archive">Where the numbers go to or come from.</param>
    /// <param name="temperature">As in <see cref="Begin"/>.</param>
    /// <param name="logPolicy">As in <see cref="Begin"/>.</param>
    /// <param name="meanField">As in <see cref="Begin"/>.</param>
    public void Exchange(StateArchive archive, double temperature, double[] logPolicy, double[] meanField)
    {
        _isSpent = archive.Value("isRescueSpent", _isSpent);
        if (!archive.Value("isRescueUnderWay", IsUnderWay))
        {
            return;
        }

        if (archive.IsReading)
        {
            Begin(temperature, logPolicy, meanField);
        }

        _newton!.Exchange(archive);
        _path!.Exchange(archive);
    }
}
