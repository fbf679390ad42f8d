using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>A game given by two functions of state, action and mean field.</summary>
internal sealed class PopulationGame(
    Func<int, int, double[], (int Successor, double Probability)[]> transitions,
    Func<int, int, double[], double> reward,
    int states = 2,
    int actions = 1
) : IMeanFieldGame
{
    public int StateCount => states;

    public double Discount { get; init; } = 0.9;

    public MeanFieldCoupling Coupling { get; init; } = MeanFieldCoupling.RewardsAndTransitions;

    public int ActionCount(int state) => actions;

    public double Reward(int state, int action, ReadOnlySpan<double> meanField) =>
        reward(state, action, meanField.ToArray());

    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        foreach (var (successor, probability) in transitions(state, action, meanField.ToArray()))
        {
            row.Add(successor, probability);
        }
    }

    public string StateName(int state) => $"s{state}";

    public string ActionName(int state, int action) => $"a{action}";
}
