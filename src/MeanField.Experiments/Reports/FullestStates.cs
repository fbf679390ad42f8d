using MeanField.Games;

namespace MeanField.Experiments.Reports;

/// <summary>A crowd in a few words: the names of the states that hold most of it.</summary>
public static class FullestStates
{
    private const int MostStates = 4;
    private const double WorthNaming = 0.01;

    /// <summary>At most four states with their shares, the fullest first, each with at least a hundredth of the crowd or else only the first.</summary>
    /// <param name="meanField">Shares in state order, at least one.</param>
    /// <param name="game">The game that names the states, or <see langword="null"/> for numbers.</param>
    public static string Text(IReadOnlyList<double> meanField, IMeanFieldGame? game)
    {
        ArgumentNullException.ThrowIfNull(meanField);
        var fullest = Enumerable
            .Range(0, meanField.Count)
            .OrderByDescending(state => meanField[state])
            .Take(MostStates)
            .Where((state, rank) => rank == 0 || meanField[state] >= WorthNaming);
        return string.Join(
            ", ",
            fullest.Select(state =>
                $"{game?.StateName(state) ?? $"state {DisplayNumber.Count(state)}"} with {DisplayNumber.Nearest(meanField[state], 3)}"
            )
        );
    }
}
