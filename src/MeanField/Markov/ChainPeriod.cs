namespace MeanField.Markov;

/// <summary>Periods of the recurrent classes of a chain: the greatest common divisor of the lengths of all ways from a state back to it, found
/// exactly from which entries are positive (Denardo, Naval Research Logistics 24, 1977).</summary>
internal static class ChainPeriod
{
    /// <summary>The period of each recurrent class, 1 where it is aperiodic.</summary>
    public static int[] Find(InducedChain chain, ChainStructure structure)
    {
        var classOf = structure.RecurrentClass;
        var periods = new int[structure.RecurrentClasses];
        var level = new int[classOf.Length];
        Array.Fill(level, -1);
        var queue = new Queue<int>();
        for (var root = 0; root < classOf.Length; root++)
        {
            if (classOf[root] < 0 || level[root] >= 0)
            {
                continue;
            }

            level[root] = 0;
            queue.Enqueue(root);
            while (queue.TryDequeue(out var s))
            {
                for (var e = chain.Offsets[s]; e < chain.Offsets[s + 1]; e++)
                {
                    var successor = chain.Columns[e];
                    if (chain.Values[e] <= 0)
                    {
                        continue;
                    }

                    if (level[successor] < 0)
                    {
                        level[successor] = level[s] + 1;
                        queue.Enqueue(successor);
                    }

                    // 0 along the tree, and Gcd(x, 0) = x.
                    ref var period = ref periods[classOf[root]];
                    period = Gcd(period, Math.Abs(level[s] + 1 - level[successor]));
                }
            }
        }

        return periods;
    }

    private static int Gcd(int left, int right) => right == 0 ? left : Gcd(right, left % right);
}
