using System.Globalization;
using MeanField.Parameters;

namespace MeanField.Experiments.Sweeps;

/// <summary>A parameter of games or an option of solvers that differs between cells of a sweep. Immutable.</summary>
/// <param name="Key">Its name.</param>
/// <param name="IsOption">Whether it is an option of solvers and not a parameter of games.</param>
public sealed record SweepAxis(string Key, bool IsOption)
{
    /// <summary>Its name in files, where a game and a solver may both have a parameter of that name: <c>game.KEY</c> or <c>option.KEY</c>.</summary>
    public string QualifiedKey => (IsOption ? "option." : "game.") + Key;

    /// <summary>The value in a cell as canonical text, or <see langword="null"/> where its game or solver has no such parameter.</summary>
    public string? Text(SweepCell cell)
    {
        var values = IsOption ? cell.Options : cell.Game.Values;
        return values.Descriptions.Any(description => description.Name == Key) ? values.Text(Key) : null;
    }

    /// <summary>The value in a cell as a number, or <see langword="null"/> where it is none.</summary>
    public double? Number(SweepCell cell)
    {
        var values = IsOption ? cell.Options : cell.Game.Values;
        var kind = values.Descriptions.FirstOrDefault(description => description.Name == Key)?.Kind;
        return
            kind is ParameterKind.Number or ParameterKind.WholeNumber
            && double.TryParse(values.Text(Key), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>All axes: what differs between two cells of one game, as it is named, or between two of one solver. What differs only because the
    /// game or the solver is another one is no axis.</summary>
    internal static IReadOnlyList<SweepAxis> Of(IReadOnlyList<SweepCell> cells) =>
        [
            .. cells
                .GroupBy(cell => cell.GameName, StringComparer.Ordinal)
                .SelectMany(group => Differing([.. group.Select(cell => cell.Game.Values)], isOption: false))
                .Concat(
                    cells
                        .GroupBy(cell => cell.Solver.Name, StringComparer.Ordinal)
                        .SelectMany(group => Differing([.. group.Select(cell => cell.Options)], isOption: true))
                )
                .Distinct(),
        ];

    private static IEnumerable<SweepAxis> Differing(IReadOnlyList<ParameterValues> values, bool isOption) =>
        values[0]
            .Descriptions.Select(description => description.Name)
            .Where(key => values.Any(other => other.Text(key) != values[0].Text(key)))
            .Select(key => new SweepAxis(key, isOption));
}
