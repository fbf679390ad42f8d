using MeanField.Markov;
using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>
/// The inner loop on a model of everything seen so far (ours): an outer iteration adds trajectories to the model, drawn as the paper draws them, and
/// then takes exact trust-region steps on it.
/// </summary>
/// <remarks>
/// Rewards are those seen at the current mean field, or last seen where a pair was not tried at it. Growing the batches with what is there already
/// keeps the number of outer iterations logarithmic in the samples. Owned by one run; not safe for several threads.
/// </remarks>
internal sealed class ModelImprover : IPolicyImprover
{
    // Share of all samples so far that an outer iteration adds at least.
    private const double Growth = 0.05;
    private const int StepsPerCheck = 64;

    private readonly SamplingSession _session;
    private readonly EstimatedModel _model;
    private readonly ThreadTeam _team;
    private double[] _probabilities;
    private double[] _logProbabilities;
    private PolicyOptimizer? _optimizer;
    private StationaryLaw? _stationaryLaw;

    public ModelImprover(SamplingSession session, EstimatedModel model, ThreadTeam team)
    {
        _session = session;
        _model = model;
        _team = team;
        var offsets = session.Simulator.PairOffsets;
        _probabilities = new double[offsets[^1]];
        _logProbabilities = new double[offsets[^1]];
        LogSoftmax.Normalize(
            offsets,
            0,
            offsets.Length - 1,
            _logProbabilities,
            _probabilities,
            new double[offsets.Length - 1]
        );
    }

    public double[] Probabilities => _probabilities;

    public double StepSize => _optimizer?.StepSize ?? 0;

    public double PolicyKl => _optimizer?.PolicyKl ?? 0;

    public (bool IsComplete, SolveStatus? Ending) Improve(
        int outer,
        ReadOnlySpan<double> meanField,
        InnerIterates iterates
    )
    {
        var exact = _session.Settings.Exact;
        _session.Policy.Update(_probabilities, _logProbabilities, exact.Temperature);
        var before = _session.Account.Total;
        var ending = _session.Improve(outer, 0, Trajectories(), _ => _model.Collect());
        if (_session.Account.Total == before || ending is SolveStatus.Cancelled or SolveStatus.TimeLimit)
        {
            return (false, ending);
        }

        TakeUpModel(meanField, exact);
        iterates.Begin(meanField);
        for (var l = 0; l < exact.InnerIterations; l++)
        {
            if (_session.StopReason is { } reason)
            {
                return (false, reason);
            }

            iterates.Add(_optimizer!.Probabilities);
            _optimizer.Iterate(l, l == exact.InnerIterations - 1);
        }

        _probabilities = _optimizer!.Probabilities;
        _logProbabilities = _optimizer.LogProbabilities.ToArray();
        return (true, ending);
    }

    public SolveStatus? MovePopulation(int outer, ReadOnlySpan<double> meanField, Span<double> moved)
    {
        var settings = _session.Settings;
        if (settings.Particles > 0)
        {
            _session.Policy.Update(_probabilities, _logProbabilities, settings.Exact.Temperature);
            return _session.MoveParticles(outer, moved, _model.Collect);
        }

        _optimizer!.UpdateChain();
        if (settings.Exact.TransitionSteps is not { } steps)
        {
            _stationaryLaw!.OfChain(meanField, moved);
            return null;
        }

        var spare = new double[moved.Length];
        meanField.CopyTo(moved);
        for (var step = 0; step < steps; step++)
        {
            if (step % StepsPerCheck == StepsPerCheck - 1 && _session.StopReason is { } reason)
            {
                return reason;
            }

            PopulationFlow.Push(_optimizer.Chain, moved, spare);
            spare.CopyTo(moved);
        }

        return null;
    }

    // Worked out when asked for: a solve wants them once, of its last loop, and each costs several policy evaluations.
    public IReadOnlyList<double[]> Occupancies(InnerIterates iterates)
    {
        var chain = _model.Pattern!.Sibling();
        var visitor = new PolicyEvaluator(chain, _team);
        var occupancies = new List<double[]>();
        foreach (var policy in iterates.Policies)
        {
            chain.Update(_model.Mdp!, policy, _team);
            occupancies.Add(new double[iterates.MeanField.Length]);
            visitor.Visits(chain.Game.Discount, iterates.MeanField, occupancies[^1]);
        }

        return occupancies;
    }

    public void Exchange(StateArchive archive)
    {
        if (!archive.Value("hasOptimizer", _optimizer is not null))
        {
            return;
        }

        _optimizer ??= Prepare(_session.Settings.Exact);
        _optimizer.Exchange(archive);
        _probabilities = _optimizer.Probabilities;
        _logProbabilities = _optimizer.LogProbabilities.ToArray();
    }

    private long Trajectories()
    {
        if (_session.Settings.Trajectories is { } fixedNumber)
        {
            return fixedNumber;
        }

        var discount = _session.Simulator.Model.Discount;
        var samples = Math.Max(_probabilities.Length, Growth * _session.Account.Total);
        var each = 2 + (discount / (1 - discount)) + (_session.Horizon ?? discount / (1 - discount));
        return (long)Math.Max(1, Math.Ceiling(samples / each));
    }

    private PolicyOptimizer Prepare(MfTrpoOptions exact)
    {
        var optimizer = new PolicyOptimizer(_model.Mdp!, _model.Pattern!, exact, _team);
        _stationaryLaw = new StationaryLaw(optimizer.Chain);
        return optimizer;
    }

    private void TakeUpModel(ReadOnlySpan<double> meanField, MfTrpoOptions exact)
    {
        if (_model.Update(meanField))
        {
            _optimizer = Prepare(exact);
            _optimizer.StartFrom(_logProbabilities);
        }

        if (!exact.WarmStart)
        {
            _optimizer!.RestartFromUniform();
        }
    }
}
