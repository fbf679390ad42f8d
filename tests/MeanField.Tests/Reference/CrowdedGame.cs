using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>A random game that pays c(s) μ(s) less in state s, c positive: monotone in the sense of Lasry and Lions.</summary>
internal sealed class CrowdedGame(int seed, int states) : IMeanFieldGame
{
    private readonly RandomGame _inner = new(seed, states, RandomShape.Connected, MeanFieldCoupling.None, 0.9);
    private readonly double[] _crowding =
    [
        .. RandomInputs.Law(states, new Random(seed)).Select(share => 0.5 + (states * share)),
    ];

    public int StateCount => states;

    public double Discount => _inner.Discount;

    public MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    public int ActionCount(int state) => _inner.ActionCount(state);

    public double Reward(int state, int action, ReadOnlySpan<double> meanField) =>
        _inner.Reward(state, action, meanField) - (_crowding[state] * meanField[state]);

    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row) =>
        _inner.AddTransitions(state, action, meanField, row);

    public string StateName(int state) => _inner.StateName(state);

    public string ActionName(int state, int action) => _inner.ActionName(state, action);
}
