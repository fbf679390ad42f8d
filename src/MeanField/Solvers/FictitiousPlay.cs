using MeanField.Numerics;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Fictitious play (Perrin, Perolat, Laurière, Geist, Elie, Pietquin, NeurIPS 2020, arXiv 2007.03458, algorithm 1): with π_{k+1} a best response to μ̄_k and
/// μ_{k+1} where the population goes with it, μ̄_{k+1} = μ̄_k + (μ_{k+1} − μ̄_k)/(k + 2), and π̄ takes an action in a state in proportion to
/// Σ_i μ_i(s) π_i(a|s). The iterate is (π̄, μ̄).
/// </summary>
/// <remarks>
/// <para>The weights are those of Bench-MFG (<see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>fp_jax.py</c>): the start counts in the average
/// population, with weight 1/(k + 1), and not in the average policy. Best responses are exact for the infinite horizon; there they look 99
/// steps ahead.</para>
/// <para>The method has no entropy of its own: the tolerance is on φ itself. Not safe for several threads; it makes its own.</para>
/// </remarks>
public sealed class FictitiousPlay : IterativeSolver
{
    private readonly PolicyPopulation _play;
    private readonly double[] _bestResponse;
    private readonly double[] _sums;

    /// <summary>Prepares a solve.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of random starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public FictitiousPlay(TabularGame game, FictitiousPlayOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _play = new PolicyPopulation(game, Pattern, options, context.Seed, Team, Stop);
        _bestResponse = new double[game.PairCount];
        _sums = new double[game.PairCount];
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _play.MeanField;

    private protected override double[] Probabilities => _play.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="FictitiousPlay(TabularGame, FictitiousPlayOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, FictitiousPlayOptions options, SolveContext context)
    {
        using var solver = new FictitiousPlay(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (step, ending) = (default, null);
        if (Stop.Reason is not null || !_play.TryBestRespond(Context.Cancellation))
        {
            return false;
        }

        _play.Remember(isScored);
        _play.BestResponse.CopyTo(_bestResponse);
        if (!_play.Follow(_bestResponse))
        {
            return false;
        }

        OccupancyAverage.Add(Pattern.Game.PairOffsets, _play.Followed, _bestResponse, _sums, _play.Probabilities);
        var share = 1.0 / (Iterations + 2);
        step = new OuterStep(_play.Move(share), _play.PolicyKl, 0, share);
        return true;
    }

    private protected override void Exchange(StateArchive archive)
    {
        _play.Exchange(archive);
        archive.Numbers("sums", _sums.AsSpan());
    }

    private protected override string Advice(ScoreBoard scores) =>
        "Averages move by 1/k in iteration k: allow more iterations, stall-after=0, or try online-mirror-descent.";
}
