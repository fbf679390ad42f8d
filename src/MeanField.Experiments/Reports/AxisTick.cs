namespace MeanField.Experiments.Reports;

/// <summary>A mark on an axis.</summary>
/// <param name="Position">0 at the low end of the axis to 1 at the high end.</param>
/// <param name="Label">The text beside it, empty for a minor mark.</param>
internal readonly record struct AxisTick(double Position, string Label);
