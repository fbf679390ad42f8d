using System.Runtime.CompilerServices;

namespace MeanField.Markov;

/// <summary>Moves a population along a chain.</summary>
internal static class PopulationFlow
{
    /// <summary>destination = μ P: the law after one step. States are added in their own order, so the bits never depend on threads.</summary>
    /// <param name="chain">P.</param>
    /// <param name="population">μ, length S.</param>
    /// <param name="destination">Length S, overwritten; must not be the same span.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Push(InducedChain chain, ReadOnlySpan<double> population, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, population.Length);
        destination.Clear();
        fixed (
            int* offsets = chain.Offsets,
                columns = chain.Columns
        )
        fixed (
            double* values = chain.Values,
                moved = destination
        )
        {
            for (int s = 0, e = 0; s < population.Length; s++)
            {
                var mass = population[s];
                for (var rowEnd = offsets[s + 1]; e < rowEnd; e++)
                {
                    moved[columns[e]] = Math.FusedMultiplyAdd(mass, values[e], moved[columns[e]]);
                }
            }
        }
    }

    /// <summary>destination = P x: what a function of the state is expected to be one step later.</summary>
    /// <param name="chain">P.</param>
    /// <param name="values">x, length S.</param>
    /// <param name="destination">Length S, overwritten; must not be the same span.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Expect(InducedChain chain, ReadOnlySpan<double> values, Span<double> destination)
    {
        fixed (
            int* offsets = chain.Offsets,
                columns = chain.Columns
        )
        fixed (
            double* probabilities = chain.Values,
                x = values
        )
        {
            for (int s = 0, e = 0; s < destination.Length; s++)
            {
                var sum = 0.0;
                for (var rowEnd = offsets[s + 1]; e < rowEnd; e++)
                {
                    sum = Math.FusedMultiplyAdd(probabilities[e], x[columns[e]], sum);
                }

                destination[s] = sum;
            }
        }
    }

    /// <summary>‖left − right‖₁.</summary>
    public static double Distance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var s = 0; s < left.Length; s++)
        {
            sum += Math.Abs(left[s] - right[s]);
        }

        return sum;
    }
}
