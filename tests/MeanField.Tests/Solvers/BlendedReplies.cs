using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Tests.Solvers;

/// <summary>
/// Everybody's habits change slowly: π_{k+1} = (1 − α_k) π_k + α_k b_k with b_k a best response to μ_k and α_k = α/(1 + α k), and μ_{k+1} is where the
/// population goes with π_{k+1}. An example of this project's documentation.
/// </summary>
/// <remarks>The tolerance is on φ itself. Not safe for several threads; it makes its own.</remarks>
public sealed class BlendedReplies : IterativeSolver
{
    private readonly BlendedRepliesOptions _options;
    private readonly PolicyPopulation _play;

    /// <summary>Prepares a solve.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of random starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public BlendedReplies(TabularGame game, BlendedRepliesOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _options = options;
        _play = new PolicyPopulation(game, Pattern, options, context.Seed, Team, Stop);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _play.MeanField;

    private protected override double[] Probabilities => _play.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    public static Solution Solve(TabularGame game, BlendedRepliesOptions options, SolveContext context)
    {
        using var solver = new BlendedReplies(game, options, context);
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
        var share = _options.Share / (1 + (_options.Share * Iterations));
        for (var pair = 0; pair < _play.Probabilities.Length; pair++)
        {
            _play.Probabilities[pair] += share * (_play.BestResponse[pair] - _play.Probabilities[pair]);
        }

        if (!_play.Follow(_play.Probabilities))
        {
            return false;
        }

        step = new OuterStep(_play.Move(1), _play.PolicyKl, share, 1);
        return true;
    }

    private protected override void Exchange(StateArchive archive) => _play.Exchange(archive);

    private protected override string Advice(ScoreBoard scores) => "Try a smaller share, share=0.01.";
}
