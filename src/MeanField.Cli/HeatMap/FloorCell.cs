namespace MeanField.Cli.HeatMap;

/// <summary>One cell of a heat map.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Share">The largest share of the population in a layout cell that it stands for.</param>
internal readonly record struct FloorCell(FloorKind Kind, double Share);
