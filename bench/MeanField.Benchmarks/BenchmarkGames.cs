using System.Globalization;
using MeanField.Experiments;
using MeanField.Tabular;

namespace MeanField.Benchmarks;

/// <summary>The crowd grids that are measured: every parameter at its default, the target where <c>targets=auto</c> puts it.</summary>
internal static class BenchmarkGames
{
    /// <summary>A square without walls.</summary>
    /// <param name="size">Cells a side.</param>
    public static TabularGame EmptySquare(int size)
    {
        var row = new string('.', size);
        return Tabulate("crowd-grid", [new("layout", string.Join('/', Enumerable.Repeat(row, size)))]);
    }

    /// <summary>A Moving AI map; cells outside its largest connected part are no states.</summary>
    /// <param name="path">The <c>.map</c> file.</param>
    /// <exception cref="Experiments.Formats.InputFileException">The file cannot be read or is no octile map.</exception>
    public static TabularGame Map(string path) =>
        Path.GetExtension(path).Equals(".map", StringComparison.OrdinalIgnoreCase)
            ? Tabulate(path, [])
            : throw new Parameters.ParameterException(
                string.Create(CultureInfo.InvariantCulture, $"--map is '{path}'; allowed: a Moving AI map, *.map")
            );

    private static TabularGame Tabulate(string game, KeyValuePair<string, string>[] values) =>
        TabularGame.Create(GameSpec.Load(game, [.. values, new("targets", "auto")]).Create());
}
