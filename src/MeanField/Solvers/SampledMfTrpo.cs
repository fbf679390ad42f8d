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
public sealed class SampledMfTrpo : IterativeSolver
{
    private readonly SampledIteration _iteration;

    /// <summary>Prepares a solve from the uniform policy and the uniform mean field.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentException">An option is out of its documented range or contradicts another.</exception>
    public SampledMfTrpo(TabularGame game, SampledMfTrpoOptions options, SolveContext context)
        : base(game, options, options.Temperature, context)
    {
        var uniform = new double[game.StateCount];
        Array.Fill(uniform, 1.0 / game.StateCount);
        var batch = new TabularBatch(new TabularSimulator(game), FrozenMdp.Create(game, uniform));
        var settings = SamplingSettings.Create(options, batch);
        _iteration = new SampledIteration(batch, settings, context, Team, Stop, keepsModel: false);
        _iteration.Model?.Expect(game);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _iteration.MeanField;

    /// <inheritdoc />
    public override SampleAccount Samples => _iteration.Session.Account;

    private protected override double[] Probabilities => _iteration.Policy;

    private protected override long SampleLimit => _iteration.Settings.SampleLimit;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="SampledMfTrpo(TabularGame, SampledMfTrpoOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, SampledMfTrpoOptions options, SolveContext context)
    {
        using var solver = new SampledMfTrpo(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (var isComplete, ending) = _iteration.Advance();
        step = _iteration.LastStep;
        return isComplete;
    }

    private protected override void Exchange(StateArchive archive) => _iteration.Exchange(archive);

    private protected override string Advice(ScoreBoard scores) =>
        "Try more samples: a larger sample-budget, more trajectories, or the default estimator; or a higher temperature.";

    private protected override Solution Complete(Solution solution, bool isInAHurry)
    {
        var before = Context.Clock.GetTimestamp();
        return solution with
        {
            Mixture = isInAHurry ? null : TryFindMixture(),
            CertifySeconds = solution.CertifySeconds + Context.Clock.GetElapsedTime(before).TotalSeconds,
            Samples = Samples,
            SamplingPlan = _iteration.Settings.Describe(_iteration.Session.Horizon),
        };
    }

    private Mixture? TryFindMixture()
    {
        try
        {
            return FindMixture();
        }
        catch (SolveStoppedException)
        {
            return null;
        }
    }

    private Mixture? FindMixture()
    {
        var iterates = _iteration.Iterates;
        if (iterates.Policies.Count == 0)
        {
            return null;
        }

        var members = iterates.Policies.Count;
        var (value, softValue) = (0.0, 0.0);
        var (exploitability, regularized) = (new List<Interval>(members), new List<Interval>(members));
        Scored.MoveTo(iterates.MeanField, Team);
        foreach (var policy in iterates.Policies)
        {
            var certificate = Workspace.Certify(Scored, policy, Temperature);
            exploitability.Add(certificate.Exploitability);
            regularized.Add(certificate.RegularizedExploitability);
            value += Workspace.PolicyValue / members;
            softValue += Workspace.SoftPolicyValue / members;
        }

        var markov = _iteration.MarkovPolicy();
        var law = iterates.MeanField.ToArray();
        var ofMarkov = Workspace.CertifyAtStationaryLaw(Scored, markov, Temperature, law, CancellationToken.None);
        return new Mixture
        {
            Members = members,
            Value = value,
            RegularizedValue = softValue,
            Exploitability = Mixture.MeanOf(exploitability),
            RegularizedExploitability = Mixture.MeanOf(regularized),
            MarkovPolicy = new Iterate(Iterations, Tabular.Policy.Create(Scored.Game, markov), law, ofMarkov),
        };
    }
}
