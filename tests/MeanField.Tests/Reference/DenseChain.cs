namespace MeanField.Tests.Reference;

/// <summary>What can be said about a Markov chain given as a full matrix.</summary>
internal static class DenseChain
{
    /// <summary>I − factor · P, or its transpose.</summary>
    public static decimal[,] OneMinus(decimal[,] chain, decimal factor, bool isTransposed)
    {
        var count = chain.GetLength(0);
        var result = new decimal[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                result[i, j] = (i == j ? 1 : 0) - (factor * (isTransposed ? chain[j, i] : chain[i, j]));
            }
        }

        return result;
    }

    /// <summary>x = start + γ x P.</summary>
    public static decimal[] Visits(decimal[,] chain, decimal discount, decimal[] start) =>
        LinearSolver.Solve(OneMinus(chain, discount, isTransposed: true), start);

    /// <summary>μ P.</summary>
    public static decimal[] Push(decimal[,] chain, decimal[] law)
    {
        var pushed = new decimal[law.Length];
        for (var s = 0; s < law.Length; s++)
        {
            for (var next = 0; next < law.Length; next++)
            {
                pushed[next] += law[s] * chain[s, next];
            }
        }

        return pushed;
    }

    /// <summary>The stationary law of a chain that has only one: μ (I − P) = 0 with Σ μ = 1 in place of the last equation.</summary>
    public static decimal[] StationaryLaw(decimal[,] chain)
    {
        var count = chain.GetLength(0);
        var equations = OneMinus(chain, 1, isTransposed: true);
        for (var s = 0; s < count; s++)
        {
            equations[count - 1, s] = 1;
        }

        var right = new decimal[count];
        right[^1] = 1;
        return LinearSolver.Solve(equations, right);
    }

    /// <summary>
    /// lim (start + start P + ... + start Pⁿ)/(n + 1), the Cesàro limit, which ((I + P)/2)ⁿ start has too: 2⁶⁰ lazy steps by squaring.
    /// </summary>
    public static double[] LimitLaw(decimal[,] chain, double[] start)
    {
        var count = start.Length;
        var power = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                power[i, j] = 0.5 * ((i == j ? 1 : 0) + (double)chain[i, j]);
            }
        }

        for (var squaring = 0; squaring < 60; squaring++)
        {
            power = SquareWithRowsSummingToOne(power);
        }

        var limit = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                limit[j] += start[i] * power[i, j];
            }
        }

        return limit;
    }

    /// <summary>By state, the least member of its recurrent class, or −1 where it is transient: from who reaches whom.</summary>
    public static int[] RecurrentClass(decimal[,] chain)
    {
        var count = chain.GetLength(0);
        var reaches = new bool[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                reaches[i, j] = i == j || chain[i, j] > 0;
            }
        }

        for (var via = 0; via < count; via++)
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++)
                {
                    reaches[i, j] |= reaches[i, via] && reaches[via, j];
                }
            }
        }

        var states = Enumerable.Range(0, count).ToArray();
        return
        [
            .. states.Select(i =>
                states.All(j => !reaches[i, j] || reaches[j, i]) ? states.First(j => reaches[i, j]) : -1
            ),
        ];
    }

    private static double[,] SquareWithRowsSummingToOne(double[,] matrix)
    {
        var count = matrix.GetLength(0);
        var square = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            var sum = 0.0;
            for (var via = 0; via < count; via++)
            {
                for (var j = 0; j < count; j++)
                {
                    square[i, j] += matrix[i, via] * matrix[via, j];
                    sum += matrix[i, via] * matrix[via, j];
                }
            }

            for (var j = 0; j < count; j++)
            {
                square[i, j] /= sum;
            }
        }

        return square;
    }
}
