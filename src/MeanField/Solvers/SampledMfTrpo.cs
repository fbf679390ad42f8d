using MeanField.Equilibrium;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Sample-based MF-TRPO (Ocello, Tiapkin, Mancini, Laurière, Moulines, ICML 2025, arXiv 2505.22781, section 5) on a game whose kernel is known. The
/// method sees only a simulator; the kernel certifies what it finds, and no sample is spent on that. Without a kernel: <see cref="SimulatorMfTrpo"/>.
/// </summary>
/// <remarks>
/// The stopping rule of the state draw and the sign of the horizon are corrected as <see cref="RolloutHorizon.Theory"/> says; the model estimator,
/// control variates, averaging and all default constants are this project's own. Not safe for several threads; it makes its own.
/// </remarks>
public sealed class SampledMfTrpo : IDisposable
{
    private const int FrequentlyScoredStates = 5000;
    private const string Advice =
        "Try more samples: a larger sample-budget, more trajectories, or the default estimator; or a higher temperature.";
    private static readonly TimeSpan LongestScoreOnCancellation = TimeSpan.FromSeconds(0.6);

    private readonly SampledMfTrpoOptions _options;
    private readonly SolveContext _context;
    private readonly ThreadTeam _team;
    private readonly SampledIteration _iteration;
    private readonly CertificateWorkspace _workspace;
    private readonly FrozenMdp _scored;
    private readonly ScoreBoard _scores;
    private readonly int _traceEvery;

    /// <summary>Prepares a solve from the uniform policy and the uniform mean field, which is scored as iteration 0.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentException">An option is out of its documented range or contradicts another.</exception>
    public SampledMfTrpo(TabularGame game, SampledMfTrpoOptions options, SolveContext context)
    {
        _options = options;
        _context = context;
        _traceEvery =
            options.TraceEvery > 0 ? options.TraceEvery
            : game.StateCount <= FrequentlyScoredStates ? 1
            : 10;
        var uniform = new double[game.StateCount];
        Array.Fill(uniform, 1.0 / game.StateCount);
        var mdp = FrozenMdp.Create(game, uniform);
        var batch = new TabularBatch(new TabularSimulator(game), mdp);
        var settings = SamplingSettings.Create(options, batch, RewardSpan(mdp));
        _team = new ThreadTeam(context.Threads);
        _iteration = new SampledIteration(batch, settings, context, _team, keepsModel: false);
        _iteration.Model?.Expect(game);
        _workspace = new CertificateWorkspace(new InducedChain(game), _team);
        _scored = FrozenMdp.Create(game, uniform);
        _scores = new ScoreBoard(_workspace, _scored, options.Temperature, options.StallAfter, context.Clock);
    }

    /// <summary>Outer iterations done.</summary>
    public int Iterations => _iteration.Count;

    /// <summary>μ_k, by state; a view of the solver's own buffer.</summary>
    public ReadOnlySpan<double> MeanField => _iteration.MeanField;

    /// <summary>π_k, one probability a pair; a view of the solver's own buffer.</summary>
    public ReadOnlySpan<double> Policy => _iteration.Policy;

    /// <summary>Simulator calls so far.</summary>
    public SampleAccount Samples => _iteration.Session.Account;

    /// <summary>Every scored outer iteration so far.</summary>
    public IReadOnlyList<TraceRow> Trace => _scores.Trace;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="SampledMfTrpo(TabularGame, SampledMfTrpoOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, SampledMfTrpoOptions options, SolveContext context)
    {
        using var solver = new SampledMfTrpo(game, options, context);
        return solver.Run();
    }

    /// <summary>Steps to the end.</summary>
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public Solution Run()
    {
        SolveStatus? status;
        do
        {
            status = Step();
        } while (status is null);
        return Finish(status.Value);
    }

    /// <summary>One outer iteration: samples, the inner loop, the population step, and the score where one is due.</summary>
    /// <returns>How the solve ended, or <see langword="null"/> to go on.</returns>
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public SolveStatus? Step()
    {
        if (_scores.Last is null)
        {
            Score(CancellationToken.None);
        }

        var (isComplete, ending) = _iteration.Advance();
        if (!isComplete)
        {
            return ending;
        }

        if (!double.IsFinite(_iteration.PopulationChange) || !_iteration.Policy.All(double.IsFinite))
        {
            return SolveStatus.Diverged;
        }

        var isScored = Iterations % _traceEvery == 0 || Iterations == _options.OuterIterations || ending is not null;
        if (isScored && !TryScore())
        {
            return SolveStatus.Cancelled;
        }

        _context.Progress?.Invoke(
            new SolveProgress(
                Iterations,
                _options.OuterIterations,
                _iteration.PopulationChange,
                _scores.BestUpper,
                _options.Tolerance,
                Samples.Total,
                _iteration.Settings.SampleLimit
            )
        );
        return _options.Tolerance > 0 && _scores.BestUpper <= _options.Tolerance ? SolveStatus.Converged
            : _context.Cancellation.IsCancellationRequested ? SolveStatus.Cancelled
            : ending
                ?? (
                    _iteration.IsOutOfTime() ? SolveStatus.TimeLimit
                    : Iterations >= _options.OuterIterations ? SolveStatus.IterationLimit
                    : _options.Tolerance > 0 ? _scores.Verdict()
                    : null
                );
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _team.Dispose();

    private static double RewardSpan(FrozenMdp mdp)
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var reward in mdp.Rewards)
        {
            smallest = Math.Min(smallest, reward);
            largest = Math.Max(largest, reward);
        }

        return largest - smallest;
    }

    private bool TryScore()
    {
        try
        {
            Score(_context.Cancellation);
            return true;
        }
        catch (OperationCanceledException) when (_context.Cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Score(CancellationToken cancellation) =>
        _scores.Add(
            Iterations,
            _iteration.Policy,
            _iteration.MeanField,
            (certificate, gap) =>
                new TraceRow(
                    Iterations,
                    certificate.Exploitability,
                    certificate.RegularizedExploitability,
                    _iteration.PopulationChange,
                    _iteration.PolicyKl,
                    Samples,
                    _iteration.SolveTime.TotalSeconds,
                    gap,
                    _iteration.StepSize,
                    _iteration.PopulationStep
                ),
            cancellation
        );

    // A policy that an unfinished inner loop left behind is not judged: the last iterate is that of the last whole outer iteration.
    private Solution Finish(SolveStatus status)
    {
        var clock = _context.Clock;
        var before = clock.GetTimestamp();
        var isQuick = _scores.LastElapsed < LongestScoreOnCancellation;
        var mixture = status != SolveStatus.Cancelled || isQuick ? FindMixture() : null;
        return new Solution
        {
            Status = status,
            Explanation = SolveExplanation.Of(status, _iteration.Settings.Exact, Iterations, _scores, Advice),
            Iterations = Iterations,
            Best = _scores.Best!,
            Last = _scores.Last!,
            Mixture = mixture,
            Samples = Samples,
            SamplingPlan = _iteration.Settings.Describe(),
            Trace = _scores.Trace,
            SolveSeconds = _iteration.SolveTime.TotalSeconds,
            CertifySeconds = (_scores.Elapsed + clock.GetElapsedTime(before)).TotalSeconds,
        };
    }

    private Mixture? FindMixture()
    {
        var iterates = _iteration.Iterates;
        if (iterates.Policies.Count == 0)
        {
            return null;
        }

        var (members, temperature) = (iterates.Policies.Count, _options.Temperature);
        var (value, softValue) = (0.0, 0.0);
        var (exploitability, regularized) = (default(Interval), default(Interval));
        _scored.MoveTo(iterates.MeanField, _team);
        foreach (var policy in iterates.Policies)
        {
            var certificate = _workspace.Certify(_scored, policy, temperature);
            exploitability = AddShare(exploitability, certificate.Exploitability, members);
            regularized = AddShare(regularized, certificate.RegularizedExploitability, members);
            value += _workspace.PolicyValue / members;
            softValue += _workspace.SoftPolicyValue / members;
        }

        var markov = iterates.MarkovPolicy(_scored.Game.PairOffsets);
        var law = iterates.MeanField.ToArray();
        var ofMarkov = _workspace.CertifyAtStationaryLaw(_scored, markov, temperature, law, CancellationToken.None);
        return new Mixture
        {
            Members = members,
            Value = value,
            RegularizedValue = softValue,
            Exploitability = exploitability,
            RegularizedExploitability = regularized,
            MarkovPolicy = new Iterate(Iterations, Tabular.Policy.Create(_scored.Game, markov), law, ofMarkov),
        };
    }

    private static Interval AddShare(Interval sum, Interval term, int members) =>
        new(sum.Lower + (term.Lower / members), sum.Upper + (term.Upper / members));
}
