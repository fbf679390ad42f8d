using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Newton's method for a regularised equilibrium at one temperature, with a line search: a step is shortened until the equations hold better than
/// before. Policies are updated by factors, π ∝ π exp(α dlog π), so no probability ever leaves its range.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class NewtonIteration
{
    private const int Halvings = 12;
    private const double LeastDescent = 0.1;

    // Of a few sums over actions and successors; at rest line searches may have ended on noise a little above that.
    private const double RoundingUnits = 16;
    private const double RestFactor = 16;
    private const double BestResponseTolerance = 1e-12;
    private const double UnitRoundoff = 1.1102230246251565e-16;

    private readonly NewtonEquations _equations;
    private readonly NewtonDirection _direction;
    private readonly BestResponse _bestResponse;
    private readonly Func<bool> _mustStop;
    private readonly ThreadTeam _team;
    private readonly double[] _visits;
    private readonly NewtonPoint _saved;
    private NewtonPoint _trial;

    /// <summary>Prepares iterations on a game.</summary>
    /// <param name="pattern">The chain's pattern, with an elimination plan.</param>
    /// <param name="team">Threads.</param>
    /// <param name="stop">Ends a step early.</param>
    public NewtonIteration(InducedChain pattern, ThreadTeam team, StopSignal stop)
    {
        var game = pattern.Game;
        var uniform = new double[game.StateCount];
        Array.Fill(uniform, 1.0 / uniform.Length);
        _team = team;
        _mustStop = () => stop.Reason is not null;
        _equations = new NewtonEquations(FrozenMdp.Create(game, uniform), pattern, team);
        _direction = new NewtonDirection(_equations);
        _bestResponse = new BestResponse(pattern, team);
        _visits = new double[game.StateCount];
        Current = new NewtonPoint(game);
        _trial = new NewtonPoint(game);
        _saved = new NewtonPoint(game);
    }

    /// <summary>Where the iteration stands.</summary>
    public NewtonPoint Current { get; private set; }

    /// <summary>η of the equations.</summary>
    public double Temperature { get; private set; } = 1;

    /// <summary>What the last step did.</summary>
    public OuterStep LastStep { get; private set; }

    /// <summary>How small a merit can be told from rounding.</summary>
    public double MeritFloor => RoundingUnits * UnitRoundoff * (Current.Scale + Temperature);

    /// <summary>How small a residual can be told from rounding: log π = (Q − V)/η decides where the population goes.</summary>
    public double ResidualFloor => MeritFloor / Math.Min(1, Temperature);

    /// <summary>Whether what is left of the equations can be rounding.</summary>
    public bool IsAtRest => Current.Merit(Current.Policy) <= RestFactor * MeritFloor;

    /// <summary>Starts from the uniform policy.</summary>
    /// <param name="temperature">η, greater than 0.</param>
    public void StartFromUniform(double temperature)
    {
        Current.LogPolicy.AsSpan().Clear();
        Current.MeanField.AsSpan().Fill(1.0 / Current.MeanField.Length);
        Begin(temperature);
    }

    /// <summary>Starts from a policy and a mean field.</summary>
    /// <param name="temperature">η, greater than 0.</param>
    /// <param name="logPolicy">log π up to a number for each state, one a pair.</param>
    /// <param name="meanField">μ by state.</param>
    public void StartFrom(double temperature, ReadOnlySpan<double> logPolicy, ReadOnlySpan<double> meanField)
    {
        logPolicy.CopyTo(Current.LogPolicy);
        meanField.CopyTo(Current.MeanField);
        Begin(temperature);
    }

    /// <summary>Starts from the soft best response to a mean field.</summary>
    /// <param name="temperature">η, greater than 0.</param>
    /// <param name="meanField">μ by state; the start itself where transitions depend on it.</param>
    public void StartFromBestResponse(double temperature, ReadOnlySpan<double> meanField)
    {
        var mdp = _equations.Mdp;
        meanField.CopyTo(Current.MeanField);
        mdp.MoveTo(meanField, _team);
        var values = new double[meanField.Length];
        var largest = 0.0;
        foreach (var reward in mdp.Rewards)
        {
            largest = Math.Max(largest, Math.Abs(reward));
        }

        _bestResponse.Solve(mdp, temperature, BestResponseTolerance * largest / (1 - mdp.Game.Discount), values);
        ActionValues.Compute(mdp, blocks: null, values, Current.LogPolicy, 0, values.Length);
        foreach (ref var logit in Current.LogPolicy.AsSpan())
        {
            logit /= temperature;
        }

        Begin(temperature);
    }

    /// <summary>Goes on from the same policy and mean field at another temperature.</summary>
    public void ChangeTemperature(double temperature) => Begin(temperature);

    /// <summary>Keeps the current policy and mean field.</summary>
    public void Save() => Copy(Current, _saved);

    /// <summary>Goes back to what was kept, at a temperature.</summary>
    public void Restore(double temperature)
    {
        Copy(_saved, Current);
        Begin(temperature);
    }

    /// <summary>One Newton step.</summary>
    /// <returns>Whether one was taken. Otherwise no length of it made the equations hold better, or the solve must stop; the iteration stands
    /// where it stood.</returns>
    public bool TryStep()
    {
        if (!_direction.Find(Current, Temperature, _mustStop) || _mustStop())
        {
            return false;
        }

        _direction.Visits(_visits);
        var before = Current.Merit(Current.Policy);
        var length = 1.0;
        for (var halving = 0; halving <= Halvings; halving++, length /= 2)
        {
            TakeTrial(length);
            if (_mustStop())
            {
                // Its linear solves may have been cut short: not the step that would be taken.
                break;
            }

            // Weighted as it was, |E| falls along a Newton direction; pairs that only now come into play count by way of the Bellman gap.
            if (_trial.Merit(Current.Policy) <= (1 - (LeastDescent * length)) * before)
            {
                LastStep = new OuterStep(
                    PopulationFlow.Distance(_trial.MeanField, Current.MeanField),
                    _trial.KlFrom(Current, _visits),
                    length / Temperature,
                    length
                );
                (Current, _trial) = (_trial, Current);
                return true;
            }
        }

        Begin(Temperature);
        return false;
    }

    /// <summary>Where the iteration stands and what it has kept.</summary>
    public void Exchange(StateArchive archive)
    {
        Temperature = archive.Value("pathTemperature", Temperature);
        LastStep = archive.Value("lastStep", LastStep);
        Current.Exchange(archive);
        archive.Numbers("savedLogPolicy", _saved.LogPolicy.AsSpan());
        archive.Numbers("savedMeanField", _saved.MeanField.AsSpan());
        _bestResponse.Exchange(archive);
        if (archive.IsReading)
        {
            _equations.StandAt(Current);
        }
    }

    private static void Copy(NewtonPoint source, NewtonPoint destination)
    {
        source.LogPolicy.CopyTo(destination.LogPolicy, 0);
        source.MeanField.CopyTo(destination.MeanField, 0);
    }

    private void Begin(double temperature)
    {
        Temperature = temperature;
        LastStep = default;
        _equations.Evaluate(Current, temperature);
    }

    private void TakeTrial(double length)
    {
        for (var pair = 0; pair < _trial.LogPolicy.Length; pair++)
        {
            _trial.LogPolicy[pair] = Current.LogPolicy[pair] + (length * _direction.LogPolicy[pair]);
        }

        _direction.Answer(_trial, length, _mustStop);
        _equations.Evaluate(_trial, Temperature);
    }
}
