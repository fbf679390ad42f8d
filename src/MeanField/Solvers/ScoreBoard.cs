using MeanField.Equilibrium;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Certifies iterates at their stationary laws, keeps the best and the last one, and notices when nothing gets better any more.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class ScoreBoard(
    CertificateWorkspace workspace,
    FrozenMdp mdp,
    double temperature,
    int stallAfter,
    TimeProvider clock
)
{
    private const double WorthwhileImprovement = 0.99;
    private const double DivergenceFactor = 10;

    private readonly double[] _law = new double[mdp.Game.StateCount];
    private readonly List<TraceRow> _trace = [];
    private double _reference = double.PositiveInfinity;
    private double _smallestSince = double.PositiveInfinity;
    private int _scoresSince;
    private bool _isSettled;

    /// <summary>Every scored iteration, oldest first.</summary>
    public IReadOnlyList<TraceRow> Trace => _trace;

    /// <summary>The scored iterate with the smallest upper end of φ_η among those whose population is the stationary law of their policy, the
    /// first where there is none, or the one settled on; <see langword="null"/> before the first.</summary>
    public Iterate? Best { get; private set; }

    /// <summary>The iterate scored last; <see langword="null"/> before the first.</summary>
    public Iterate? Last { get; private set; }

    /// <summary>Time spent scoring.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Time spent on the last score.</summary>
    public TimeSpan LastElapsed { get; private set; }

    /// <summary>The smallest certified upper end of φ_η so far; infinite while no population was a stationary law.</summary>
    public double BestUpper { get; private set; } = double.PositiveInfinity;

    /// <summary>Scores a policy at the stationary law that the population reaches from a mean field.</summary>
    /// <param name="iteration">The outer iterations done.</param>
    /// <param name="policy">π, one probability a pair; copied.</param>
    /// <param name="meanField">The solver's own population iterate; not changed.</param>
    /// <param name="toRow">Makes the trace row from the certificate and the distance of the population iterate to the stationary law.</param>
    /// <param name="cancellation">Looked at between evaluations.</param>
    /// <exception cref="OperationCanceledException">The caller wants it to stop; what was scored before stands.</exception>
    public void Add(
        int iteration,
        double[] policy,
        ReadOnlySpan<double> meanField,
        Func<Certificate, double, TraceRow> toRow,
        CancellationToken cancellation
    )
    {
        var before = clock.GetTimestamp();
        meanField.CopyTo(_law);
        var certificate = workspace.CertifyAtStationaryLaw(mdp, policy, temperature, _law, cancellation);
        Last = new Iterate(iteration, Policy.Create(mdp.Game, policy), [.. _law], certificate);
        var upper = Upper(certificate);
        if (Best is null || (upper < BestUpper && !_isSettled))
        {
            (Best, BestUpper) = (Last, upper);
        }

        if (upper < WorthwhileImprovement * _reference)
        {
            (_reference, _smallestSince, _scoresSince) = (upper, double.PositiveInfinity, 0);
        }
        else
        {
            _smallestSince = Math.Min(_smallestSince, upper);
            _scoresSince++;
        }

        _trace.Add(toRow(certificate, Markov.PopulationFlow.Distance(meanField, _law)));
        LastElapsed = clock.GetElapsedTime(before);
        Elapsed += LastElapsed;
    }

    /// <summary>Makes the last iterate the best one for good.</summary>
    public void SettleOnLast() => (Best, BestUpper, _isSettled) = (Last, Upper(Last!.Certificate), true);

    /// <summary>All scores so far.</summary>
    public void Exchange(StateArchive archive)
    {
        var trace = archive.List("trace", Array.ConvertAll([.. _trace], TraceCells.Of));
        if (archive.IsReading)
        {
            _trace.Clear();
            _trace.AddRange(trace.Select(cells => cells.ToRow()));
        }

        Best = IterateArchive.Exchange(archive, "best", mdp.Game, Best);
        var isLastBest = archive.Value("isLastBest", ReferenceEquals(Best, Last));
        Last = isLastBest ? Best : IterateArchive.Exchange(archive, "last", mdp.Game, Last);
        BestUpper = archive.Value("bestUpper", BestUpper);
        _reference = archive.Value("reference", _reference);
        _smallestSince = archive.Value("smallestSince", _smallestSince);
        _scoresSince = archive.Value("scoresSince", _scoresSince);
        _isSettled = archive.Value("isSettled", _isSettled);
        Elapsed = archive.Value("scoringTime", Elapsed);
        LastElapsed = archive.Value("lastScoringTime", LastElapsed);
    }

    // At another population than its own a best response would pass as an equilibrium.
    private static double Upper(Certificate certificate) =>
        certificate.StationarityResidual <= Certificate.StationarityTolerance
            ? certificate.RegularizedExploitability.Upper
            : double.PositiveInfinity;

    /// <summary>Whether the scores have stopped improving, and if so whether they rest or have moved away from the best.</summary>
    public SolveStatus? Verdict() =>
        stallAfter == 0 || _scoresSince < stallAfter ? null
        : _smallestSince > DivergenceFactor * _reference ? SolveStatus.Diverged
        : SolveStatus.Stalled;
}
