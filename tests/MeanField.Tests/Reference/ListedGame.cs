using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>A game written down row by row, right or wrong: what a test wants to say about one chain or one mistake.</summary>
internal sealed class ListedGame : IMeanFieldGame
{
    /// <summary>By state and action.</summary>
    public required ListedRow[][] Rows { get; init; }

    public double Discount { get; init; } = 0.9;

    public MeanFieldCoupling Coupling { get; init; }

    public int StateCount => Rows.Length;

    /// <summary>A game in which each state has one action, with reward 0.</summary>
    public static ListedGame OfChain(params (int Successor, double Probability)[][] rows) =>
        new() { Rows = [.. rows.Select(row => new[] { new ListedRow(0, row) })] };

    public int ActionCount(int state) => Rows[state].Length;

    public double Reward(int state, int action, ReadOnlySpan<double> meanField) => Rows[state][action].Reward;

    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        foreach (var (successor, probability) in Rows[state][action].Transitions)
        {
            row.Add(successor, probability);
        }
    }

    public string StateName(int state) => $"s{state}";

    public string ActionName(int state, int action) => $"a{action}";
}

/// <summary>A state-action pair of a <see cref="ListedGame"/>.</summary>
internal sealed record ListedRow(double Reward, params (int Successor, double Probability)[] Transitions);
