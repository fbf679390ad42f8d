namespace MeanField.Experiments.Reports;

/// <summary>The mean move of the policy in one cell, or on average over a block of cells.</summary>
/// <param name="Row">The cell that the arrow stands on.</param>
/// <param name="Column">The cell that the arrow stands on.</param>
/// <param name="Down">Mean rows of a move, positive downwards.</param>
/// <param name="Right">Mean columns of a move, positive to the right.</param>
internal readonly record struct PolicyArrow(int Row, int Column, double Down, double Right)
{
    /// <summary>The length of the mean move in cells.</summary>
    public double Strength => Math.Sqrt((Down * Down) + (Right * Right));
}
