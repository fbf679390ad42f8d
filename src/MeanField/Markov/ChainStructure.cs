namespace MeanField.Markov;

/// <summary>The recurrent classes of a chain: its closed communicating classes, found exactly from which entries are positive
/// (strongly connected components, Tarjan, SIAM J. Comput. 1, 1972, without recursion).</summary>
internal sealed class ChainStructure
{
    private ChainStructure(int[] recurrentClass, int recurrentClasses)
    {
        RecurrentClass = recurrentClass;
        RecurrentClasses = recurrentClasses;
    }

    /// <summary>By state: the number of its recurrent class from 0, or −1 where it is transient.</summary>
    public int[] RecurrentClass { get; }

    /// <summary>How many recurrent classes there are, at least one.</summary>
    public int RecurrentClasses { get; }

    public static ChainStructure Find(InducedChain chain)
    {
        var (component, count) = Components(chain);
        var isClosed = new bool[count];
        Array.Fill(isClosed, true);
        for (var s = 0; s < component.Length; s++)
        {
            for (var e = chain.Offsets[s]; e < chain.Offsets[s + 1]; e++)
            {
                isClosed[component[s]] &= chain.Values[e] <= 0 || component[chain.Columns[e]] == component[s];
            }
        }

        var number = new int[count];
        var classes = 0;
        for (var c = 0; c < count; c++)
        {
            number[c] = isClosed[c] ? classes++ : -1;
        }

        return new ChainStructure([.. component.Select(c => number[c])], classes);
    }

    private static (int[] Component, int Count) Components(InducedChain chain)
    {
        var states = chain.Game.StateCount;
        var index = new int[states];
        var low = new int[states];
        var component = new int[states];
        Array.Fill(component, -1);
        var edge = chain.Offsets.AsSpan(0, states).ToArray();
        var open = new Stack<int>();
        var path = new Stack<int>();
        var (next, count) = (0, 0);
        for (var root = 0; root < states; root++)
        {
            if (index[root] != 0)
            {
                continue;
            }

            Visit(root);
            while (path.TryPeek(out var s))
            {
                if (edge[s] < chain.Offsets[s + 1])
                {
                    var e = edge[s]++;
                    var successor = chain.Columns[e];
                    if (chain.Values[e] <= 0)
                    {
                        continue;
                    }

                    if (index[successor] == 0)
                    {
                        Visit(successor);
                    }
                    else if (component[successor] < 0)
                    {
                        low[s] = Math.Min(low[s], index[successor]);
                    }

                    continue;
                }

                path.Pop();
                if (path.TryPeek(out var parent))
                {
                    low[parent] = Math.Min(low[parent], low[s]);
                }

                if (low[s] == index[s])
                {
                    int member;
                    do
                    {
                        member = open.Pop();
                        component[member] = count;
                    } while (member != s);
                    count++;
                }
            }
        }

        return (component, count);

        void Visit(int state)
        {
            index[state] = low[state] = ++next;
            open.Push(state);
            path.Push(state);
        }
    }
}
