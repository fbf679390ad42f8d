namespace MeanField.Experiments.Reports;

/// <summary>A point of a chart, in the units of its axes.</summary>
/// <param name="X">Along.</param>
/// <param name="Y">Up.</param>
/// <param name="Low">The lower end of its bar; NaN where it has none.</param>
/// <param name="High">The upper end of its bar; NaN where it has none.</param>
internal readonly record struct ChartPoint(double X, double Y, double Low = double.NaN, double High = double.NaN);
