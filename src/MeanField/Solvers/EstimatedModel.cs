using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>The empirical game of a run, tabulated again whenever a state is seen to follow a pair for the first time.</summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class EstimatedModel(SamplingSession session, ThreadTeam team)
{
    private readonly EmpiricalGame _game = new(session.Simulator.Model, session.Simulator.PairOffsets);
    private int _tabulatedPattern = -1;

    /// <summary>Everything seen so far, at the mean field of the last update.</summary>
    public FrozenMdp? Mdp { get; private set; }

    /// <summary>The chain's pattern that belongs to <see cref="Mdp"/>.</summary>
    public InducedChain? Pattern { get; private set; }

    /// <summary>Makes room for successors that a known kernel names, which spares tabulating them as they are seen.</summary>
    public void Expect(TabularGame game)
    {
        for (var pair = 0; pair < game.PairCount; pair++)
        {
            _game.Expect(pair, game.Successors[game.RowOffsets[pair]..game.RowOffsets[pair + 1]]);
        }
    }

    /// <summary>Takes in what the sampler noted.</summary>
    public void Collect() => session.Sampler.Collect(_game);

    /// <summary>Brings <see cref="Mdp"/> up to date with what was collected.</summary>
    /// <returns>Whether it is another object than before.</returns>
    public bool Update(ReadOnlySpan<double> meanField)
    {
        _game.Refresh();
        if (_game.Pattern == _tabulatedPattern)
        {
            Mdp!.MoveTo(meanField, team);
            return false;
        }

        Tabulate(meanField);
        return true;
    }

    /// <summary>Everything seen so far, of a game whose successors were all expected: then a model tabulated anew has the rows of the old one.</summary>
    public void Exchange(StateArchive archive)
    {
        _game.Exchange(archive);
        if (!archive.Value("hasMdp", Mdp is not null))
        {
            return;
        }

        if (archive.IsReading)
        {
            var uniform = new double[_game.StateCount];
            Array.Fill(uniform, 1.0 / uniform.Length);
            Tabulate(uniform);
        }

        // As of the last update: observations may have come since.
        Mdp!.Exchange(archive);
    }

    /// <summary>Makes what was collected old: what is collected until the next renewal then stands alone for the pairs that it tries.</summary>
    public void Renew() => _game.Renew();

    private void Tabulate(ReadOnlySpan<double> meanField)
    {
        _tabulatedPattern = _game.Pattern;
        var tabular = TabularGame.Create(_game);
        Mdp = FrozenMdp.Create(tabular, meanField);
        Pattern = new InducedChain(tabular);
    }
}
