using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>A game with every reward r replaced by factor · r + constant, and rows that sum to a number of one's choice.</summary>
internal sealed class TransformedGame(IMeanFieldGame inner, double factor, double constant, double rowSum = 1)
    : IMeanFieldGame
{
    public int StateCount => inner.StateCount;

    public double Discount => inner.Discount;

    public MeanFieldCoupling Coupling => inner.Coupling;

    public int ActionCount(int state) => inner.ActionCount(state);

    public double Reward(int state, int action, ReadOnlySpan<double> meanField) =>
        (factor * inner.Reward(state, action, meanField)) + constant;

    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        var original = new TransitionRow();
        inner.AddTransitions(state, action, meanField, original);
        foreach (var (successor, probability) in original.Entries)
        {
            row.Add(successor, probability * rowSum);
        }
    }

    public string StateName(int state) => inner.StateName(state);

    public string ActionName(int state, int action) => inner.ActionName(state, action);
}
