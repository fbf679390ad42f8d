using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

internal static class Plans
{
    /// <summary>The elimination plan of a pattern that is surely small enough for one.</summary>
    public static EliminationPlan Of(int[] offsets, int[] columns) =>
        EliminationPlan.TryCreate(SymmetricGraph.FromPattern(offsets, columns), columns)!;
}
