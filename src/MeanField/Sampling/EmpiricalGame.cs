using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>
/// The game that the steps seen so far suggest: successors in proportion to how often each was seen, and rewards as last seen or averaged. A plug-in
/// model to be solved exactly, which reuses every step of every trajectory.
/// </summary>
/// <remarks>
/// An action never tried in a state is taken to stay there with the average reward of the state's other actions, or of all pairs where
/// none was tried (ours). Where transitions or averaged rewards depend on the mean field, old observations go: a pair keeps those since the last
/// renewal and those of the last time between renewals in which it was tried; a renewal comes whenever the observations have doubled, the first when
/// there are as many as pairs (ours). Not safe for several threads.
/// </remarks>
internal sealed class EmpiricalGame : IMeanFieldGame
{
    private readonly IGenerativeModel _model;
    private readonly int[] _pairOffsets;
    private readonly Row[] _rows;
    private readonly bool _transitionsAge;
    private readonly bool _rewardsAge;
    private long _recent;
    private long _older;
    private double _averageReward;

    /// <summary>Begins with no observation.</summary>
    /// <param name="model">The simulator.</param>
    /// <param name="pairOffsets">Length S + 1.</param>
    public EmpiricalGame(IGenerativeModel model, int[] pairOffsets)
    {
        _model = model;
        _pairOffsets = pairOffsets;
        _transitionsAge = model.Coupling == MeanFieldCoupling.RewardsAndTransitions;
        _rewardsAge = model.HasRandomRewards && model.Coupling != MeanFieldCoupling.None;
        _rows = new Row[pairOffsets[^1]];
        for (var s = 0; s < model.StateCount; s++)
        {
            for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
            {
                _rows[pair] = new Row(s);
            }
        }
    }

    /// <inheritdoc />
    public int StateCount => _model.StateCount;

    /// <inheritdoc />
    public double Discount => _model.Discount;

    /// <summary>Transitions change, though with observations and not with the mean field.</summary>
    public MeanFieldCoupling Coupling => MeanFieldCoupling.RewardsAndTransitions;

    /// <summary>Changes whenever a pair was seen to lead to a state for the first time, and the game has to be tabulated anew.</summary>
    public int Pattern { get; private set; }

    /// <summary>Makes room for successors, so that seeing them first is no change of pattern. It changes no number.</summary>
    public void Expect(int pair, ReadOnlySpan<int> successors)
    {
        foreach (var successor in successors)
        {
            _rows[pair].Find(successor);
        }
    }

    /// <summary>Adds observations of one successor, all with one reward.</summary>
    public void Add(int pair, int successor, long count, double reward)
    {
        var row = _rows[pair];
        var known = row.Successors.Length;
        var place = row.Find(successor);
        row.Recent[place] += count;
        Pattern += row.Successors.Length - known;
        row.AddReward(reward, count);
        _recent += count;
    }

    /// <summary>Lets old observations go where a renewal is due, and takes the averages that stand in for what was not seen. Called after
    /// observations at one mean field were added.</summary>
    public void Refresh()
    {
        if (_recent >= Math.Max(2 * _older, _rows.Length))
        {
            Renew();
        }

        var (sum, seen) = (0.0, 0);
        foreach (var row in _rows)
        {
            if (row.IsSeen)
            {
                sum += SeenReward(row);
                seen++;
            }
        }

        _averageReward = seen > 0 ? sum / seen : 0;
    }

    /// <summary>Makes recent observations old ones and forgets those that were old already, where they age and their pair has recent ones.</summary>
    public void Renew()
    {
        (_older, _recent) = (_recent, 0);
        foreach (var row in _rows)
        {
            row.Renew(_transitionsAge, _rewardsAge);
        }
    }

    /// <inheritdoc />
    public int ActionCount(int state) => _pairOffsets[state + 1] - _pairOffsets[state];

    /// <inheritdoc />
    public double Reward(int state, int action, ReadOnlySpan<double> meanField)
    {
        var row = _rows[_pairOffsets[state] + action];
        if (row.IsSeen)
        {
            return SeenReward(row);
        }

        var (sum, seen) = (0.0, 0);
        for (var pair = _pairOffsets[state]; pair < _pairOffsets[state + 1]; pair++)
        {
            if (_rows[pair].IsSeen)
            {
                sum += SeenReward(_rows[pair]);
                seen++;
            }
        }

        return seen > 0 ? sum / seen : _averageReward;
    }

    /// <inheritdoc />
    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        var observed = _rows[_pairOffsets[state] + action];
        var total = observed.Total;
        for (var i = 0; i < observed.Successors.Length; i++)
        {
            var probability = total > 0 ? (double)observed.Count(i) / total : (i == 0 ? 1 : 0);
            row.Add(observed.Successors[i], probability);
        }
    }

    /// <inheritdoc />
    public string StateName(int state) => _model.StateName(state);

    /// <inheritdoc />
    public string ActionName(int state, int action) => _model.ActionName(state, action);

    /// <summary>All observations.</summary>
    public void Exchange(StateArchive archive)
    {
        _recent = archive.Value("recent", _recent);
        _older = archive.Value("older", _older);
        var sizes = Array.ConvertAll(_rows, row => row.Successors.Length);
        archive.Numbers("rowSizes", sizes.AsSpan());
        var successors = archive.List("successors", Concatenated(row => row.Successors));
        var recent = archive.List("recentCounts", Concatenated(row => row.Recent));
        var older = archive.List("olderCounts", Concatenated(row => row.Older));
        var rewards = archive.List("rowRewards", Array.ConvertAll(_rows, row => row.Rewards));
        var total = sizes.Sum(size => (long)size);
        if (
            sizes.Any(size => size < 1)
            || total != successors.Length
            || total != recent.Length
            || total != older.Length
            || rewards.Length != sizes.Length
        )
        {
            throw new InvalidDataException("state: the rows of the model do not fit together");
        }

        for (int pair = 0, start = 0; archive.IsReading && pair < sizes.Length; start += sizes[pair++])
        {
            var place = start..(start + sizes[pair]);
            _rows[pair].Become(successors[place], recent[place], older[place], rewards[pair]);
        }
    }

    private T[] Concatenated<T>(Func<Row, T[]> part) => [.. _rows.SelectMany(part)];

    private double SeenReward(Row row) => _model.HasRandomRewards ? row.AverageReward : row.Rewards.Last;

    // What was seen of one pair. The first successor is the state itself, which an untried action is taken to lead to.
    private sealed class Row(int state)
    {
        public int[] Successors { get; private set; } = [state];

        public long[] Recent { get; private set; } = [0];

        public long[] Older { get; private set; } = [0];

        public RowRewards Rewards { get; private set; }

        public bool IsSeen => Rewards.RecentCount + Rewards.OlderCount > 0;

        public double AverageReward =>
            (Rewards.OlderSum + Rewards.RecentSum) / (Rewards.OlderCount + Rewards.RecentCount);

        public long Total => Recent.Sum() + Older.Sum();

        public long Count(int place) => Recent[place] + Older[place];

        public int Find(int successor)
        {
            var place = Array.IndexOf(Successors, successor);
            if (place >= 0)
            {
                return place;
            }

            Successors = [.. Successors, successor];
            Recent = [.. Recent, 0];
            Older = [.. Older, 0];
            return Successors.Length - 1;
        }

        public void Renew(bool transitions, bool rewards)
        {
            if (transitions && Recent.Any(count => count > 0))
            {
                (Older, Recent) = (Recent, Older);
                Array.Clear(Recent);
            }

            if (rewards && Rewards.RecentCount > 0)
            {
                Rewards = new RowRewards(Rewards.Last, 0, 0, Rewards.RecentSum, Rewards.RecentCount);
            }
        }

        public void AddReward(double reward, long count) =>
            Rewards = Rewards with
            {
                Last = reward,
                RecentSum = Rewards.RecentSum + (count * reward),
                RecentCount = Rewards.RecentCount + count,
            };

        public void Become(int[] successors, long[] recent, long[] older, RowRewards rewards) =>
            (Successors, Recent, Older, Rewards) = (successors, recent, older, rewards);
    }

    // Sums and counts of the rewards seen of one pair.
    private readonly record struct RowRewards(
        double Last,
        double RecentSum,
        long RecentCount,
        double OlderSum,
        long OlderCount
    );
}
