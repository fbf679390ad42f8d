namespace MeanField.Experiments.Reports;

/// <summary>What one colour of a chart shows.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Style">Its number among the styles of the page (<see cref="SeriesStyle"/>).</param>
/// <param name="Lines">Lines, points with ascending X each; a point that is not finite is left out.</param>
internal sealed record ChartSeries(string Name, int Style, IReadOnlyList<IReadOnlyList<ChartPoint>> Lines);
