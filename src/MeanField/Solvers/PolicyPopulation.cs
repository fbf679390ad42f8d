using System.Runtime.CompilerServices;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// A policy and the population that follows it: what the exact rivals of MF-TRPO iterate on. It evaluates the policy at the mean field or finds a best
/// response to it, moves the population with a policy, and measures how far the policy went.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class PolicyPopulation
{
    private const double EvaluationTolerance = 1e-10;
    private const int StepsPerCheck = 64;

    private readonly TabularGame _game;
    private readonly InducedChain _pattern;
    private readonly ThreadTeam _team;
    private readonly StopSignal _stop;
    private readonly int? _transitionSteps;
    private readonly FrozenMdp _mdp;
    private readonly InducedChain _chain;
    private readonly PolicyEvaluator _evaluator;
    private readonly StationaryLaw _stationaryLaw;
    private readonly ExpectedRewards _expectedRewards;
    private readonly LookAhead _lookAhead;
    private readonly double[] _rewards;
    private readonly double[] _moved;
    private readonly double[] _spare;
    private readonly double[] _previous;
    private readonly double[] _visits;
    private BestResponse? _bestResponse;
    private double[]? _penalties;
    private double _policyKl;
    private bool _measures;

    /// <summary>Starts from a policy, and from the population that follows it from the uniform one.</summary>
    public PolicyPopulation(
        TabularGame game,
        InducedChain pattern,
        ExactRivalOptions options,
        long seed,
        ThreadTeam team,
        StopSignal stop
    )
    {
        _game = game;
        _pattern = pattern;
        _team = team;
        _stop = stop;
        _transitionSteps = options.TransitionSteps;
        MeanField = new double[game.StateCount];
        Array.Fill(MeanField, 1.0 / game.StateCount);
        _mdp = FrozenMdp.Create(game, MeanField);
        _chain = pattern.Sibling();
        _evaluator = new PolicyEvaluator(_chain, team);
        _stationaryLaw = new StationaryLaw(_chain);
        _expectedRewards = new ExpectedRewards(this);
        _lookAhead = new LookAhead(this);
        _rewards = new double[game.StateCount];
        _moved = new double[game.StateCount];
        _spare = new double[game.StateCount];
        _visits = new double[game.StateCount];
        _previous = new double[game.PairCount];
        StateValues = new double[game.StateCount];
        ActionValues = new double[game.PairCount];
        Probabilities = StartingPolicy.Create(game, options.Start, seed);
        if (Follow(Probabilities))
        {
            Move(1);
        }
    }

    /// <summary>π, one probability a pair; the solver writes the next one here.</summary>
    public double[] Probabilities { get; }

    /// <summary>μ, by state.</summary>
    public double[] MeanField { get; }

    /// <summary>V of the last evaluation, by state.</summary>
    public double[] StateValues { get; }

    /// <summary>Q of the last evaluation, one number a pair.</summary>
    public double[] ActionValues { get; }

    /// <summary>The last best response found, one probability a pair.</summary>
    public ReadOnlySpan<double> BestResponse => _bestResponse!.Policy;

    /// <summary>Where the population went in the last <see cref="Follow"/>, by state.</summary>
    public ReadOnlySpan<double> Followed => _moved;

    /// <summary>Keeps π, so that <see cref="PolicyKl"/> can compare the next one with it.</summary>
    /// <param name="measures">Whether it will be asked to, which costs a linear solve.</param>
    public void Remember(bool measures)
    {
        _measures = measures;
        if (measures)
        {
            Probabilities.CopyTo(_previous, 0);
            _chain.Update(_mdp, Probabilities, _team);
            _evaluator.Visits(_game.Discount, MeanField, _visits);
        }
    }

    /// <summary>V = r^π + γ P^π V and Q = r + γ P V at μ, with r^π(s) = Σ_a π(a|s) (r(s, a, μ) − penalty(s, a)); Q is without the penalty of its
    /// own step.</summary>
    /// <param name="penalties">One number a pair, or <see langword="null"/> for none.</param>
    public void Evaluate(double[]? penalties = null)
    {
        _penalties = penalties;
        _chain.Update(_mdp, Probabilities, _team);
        _team.Run(_expectedRewards, _game.StateCount);
        _evaluator.Evaluate(_game.Discount, _rewards, EvaluationTolerance, StateValues);
        _team.Run(_lookAhead, _game.StateCount);
    }

    /// <summary>Finds a deterministic best response to μ, from the values of the last one. <see cref="StateValues"/> are its values.</summary>
    /// <returns>Whether it was found before the caller wanted to stop.</returns>
    public bool TryBestRespond(CancellationToken cancellation)
    {
        _bestResponse ??= new BestResponse(_pattern, _team);
        try
        {
            _bestResponse.Solve(_mdp, 0, EvaluationTolerance, StateValues, cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Finds where the population goes from μ with a policy: M steps, or the stationary law that it reaches. μ stays.</summary>
    /// <param name="policy">One probability a pair.</param>
    /// <returns>Whether it came to its end, which it does unless the solve must stop.</returns>
    public bool Follow(double[] policy)
    {
        MeanField.CopyTo(_moved, 0);
        if (_transitionSteps is not { } steps)
        {
            _stationaryLaw.Solve(_mdp, policy, _moved, _team);
            return true;
        }

        var isCoupled = _game.Coupling == Games.MeanFieldCoupling.RewardsAndTransitions;
        for (var step = 0; step < steps; step++)
        {
            if (step % StepsPerCheck == StepsPerCheck - 1 && _stop.Reason is not null)
            {
                return false;
            }

            if (step > 0 && isCoupled)
            {
                _mdp.MoveTo(_moved, _team);
            }

            if (step == 0 || isCoupled)
            {
                _chain.Update(_mdp, policy, _team);
            }

            PopulationFlow.Push(_chain, _moved, _spare);
            _spare.CopyTo(_moved, 0);
        }

        return true;
    }

    /// <summary>μ ← (1 − β) μ + β μ', with μ' from the last <see cref="Follow"/>.</summary>
    /// <param name="share">β, greater than 0, at most 1.</param>
    /// <returns>‖μ_{k+1} − μ_k‖₁.</returns>
    public double Move(double share)
    {
        var change = share * PopulationFlow.Distance(_moved, MeanField);
        for (var s = 0; s < MeanField.Length; s++)
        {
            MeanField[s] += share * (_moved[s] - MeanField[s]);
        }

        _mdp.MoveTo(MeanField, _team);
        return change;
    }

    /// <summary>What the next step depends on, and the last one measured.</summary>
    public void Exchange(StateArchive archive)
    {
        archive.Numbers("probabilities", Probabilities.AsSpan());
        archive.Numbers("population", MeanField.AsSpan());
        archive.Numbers("stateValues", StateValues.AsSpan());
        _evaluator.Exchange(archive);
        if (archive.Value("hasBestResponse", _bestResponse is not null))
        {
            _bestResponse ??= new BestResponse(_pattern, _team);
            _bestResponse.Exchange(archive);
        }

        _policyKl = archive.Value("policyKl", _policyKl);
        if (archive.IsReading)
        {
            _mdp.MoveTo(MeanField, _team);
        }
    }

    /// <summary>Σ_s d(s) KL(π(·|s) ‖ π_l(·|s)) with π_l the policy that was kept and d its discounted visits from the mean field where it was kept; the
    /// last one measured where it was kept only.</summary>
    public double PolicyKl
    {
        get
        {
            if (_measures)
            {
                _policyKl = MeanKl();
                _measures = false;
            }

            return _policyKl;
        }
    }

    private double MeanKl()
    {
        var sum = 0.0;
        for (var s = 0; s < _visits.Length; s++)
        {
            var divergence = 0.0;
            for (var pair = _game.PairOffsets[s]; pair < _game.PairOffsets[s + 1]; pair++)
            {
                var probability = Probabilities[pair];
                divergence += probability > 0 ? probability * Math.Log(probability / _previous[pair]) : 0;
            }

            sum += _visits[s] > 0 ? _visits[s] * Math.Max(0, divergence) : 0;
        }

        return (1 - _game.Discount) * sum;
    }

    private sealed class ExpectedRewards(PolicyPopulation owner) : IChunkedWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int start, int end)
        {
            var offsets = owner._game.PairOffsets;
            var rewards = owner._mdp.Rewards;
            var penalties = owner._penalties;
            for (var s = start; s < end; s++)
            {
                var sum = 0.0;
                for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
                {
                    sum += owner.Probabilities[pair] * (rewards[pair] - (penalties is null ? 0 : penalties[pair]));
                }

                owner._rewards[s] = sum;
            }
        }
    }

    private sealed class LookAhead(PolicyPopulation owner) : IChunkedWork
    {
        public void Run(int start, int end) =>
            Markov.ActionValues.Compute(
                owner._mdp,
                owner._chain.Blocks,
                owner.StateValues,
                owner.ActionValues,
                start,
                end
            );
    }
}
