using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>A game with its states renumbered: state i here is state order[i] there.</summary>
internal sealed class PermutedGame : IMeanFieldGame
{
    private readonly IMeanFieldGame _inner;
    private readonly int[] _order;
    private readonly int[] _position;

    public PermutedGame(IMeanFieldGame inner, int[] order)
    {
        _inner = inner;
        _order = order;
        _position = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            _position[order[i]] = i;
        }
    }

    public int StateCount => _inner.StateCount;

    public double Discount => _inner.Discount;

    public MeanFieldCoupling Coupling => _inner.Coupling;

    public int ActionCount(int state) => _inner.ActionCount(_order[state]);

    public double Reward(int state, int action, ReadOnlySpan<double> meanField) =>
        _inner.Reward(_order[state], action, Original(meanField));

    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        var original = new TransitionRow();
        _inner.AddTransitions(_order[state], action, Original(meanField), original);
        foreach (var (successor, probability) in original.Entries)
        {
            row.Add(_position[successor], probability);
        }
    }

    public string StateName(int state) => _inner.StateName(_order[state]);

    public string ActionName(int state, int action) => _inner.ActionName(_order[state], action);

    /// <summary>Numbers of this game, by its states, in the order of the other one.</summary>
    public double[] Original(ReadOnlySpan<double> byState)
    {
        var original = new double[byState.Length];
        for (var i = 0; i < original.Length; i++)
        {
            original[_order[i]] = byState[i];
        }

        return original;
    }

    /// <summary>Numbers of this game in pair order, in the pair order of the other one.</summary>
    public double[] OriginalPairs(ReadOnlySpan<double> pairs)
    {
        var byState = new double[StateCount][];
        for (int i = 0, pair = 0; i < StateCount; pair += ActionCount(i), i++)
        {
            byState[_order[i]] = pairs.Slice(pair, ActionCount(i)).ToArray();
        }

        return [.. byState.SelectMany(row => row)];
    }
}
