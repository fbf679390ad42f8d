using MeanField.Numerics;

namespace MeanField.Markov;

/// <summary>
/// The states of a chain grouped by colour, no two of one colour being neighbours in either direction. Gauss-Seidel updates within a colour
/// do not see each other, so they can be done in any order, or by several threads, with the same result to the last bit.
/// </summary>
internal sealed class ColorOrder
{
    private ColorOrder(int[] states, int[] starts)
    {
        States = states;
        Starts = starts;
    }

    /// <summary>All states, colour by colour, ascending within a colour.</summary>
    public int[] States { get; }

    /// <summary>One more than there are colours: where each colour starts in <see cref="States"/>.</summary>
    public int[] Starts { get; }

    /// <summary>Colours greedily in state order: two colours on a grid with four neighbours, at most one more than the largest degree.</summary>
    /// <param name="graph">The states that follow each other in either direction.</param>
    public static ColorOrder Create(SymmetricGraph graph)
    {
        var count = graph.Offsets.Length - 1;
        var color = new int[count];
        var lastSeen = new List<int>();
        for (var s = 0; s < count; s++)
        {
            foreach (var neighbour in graph.Neighbours.AsSpan(graph.Offsets[s]..graph.Offsets[s + 1]))
            {
                if (neighbour < s)
                {
                    lastSeen[color[neighbour]] = s + 1;
                }
            }

            while (color[s] < lastSeen.Count && lastSeen[color[s]] == s + 1)
            {
                color[s]++;
            }

            if (color[s] == lastSeen.Count)
            {
                lastSeen.Add(0);
            }
        }

        var starts = new int[lastSeen.Count + 1];
        foreach (var c in color)
        {
            starts[c + 1]++;
        }

        for (var c = 0; c < lastSeen.Count; c++)
        {
            starts[c + 1] += starts[c];
        }

        var next = starts.AsSpan(0, lastSeen.Count).ToArray();
        var states = new int[count];
        for (var s = 0; s < count; s++)
        {
            states[next[color[s]]++] = s;
        }

        return new ColorOrder(states, starts);
    }
}
