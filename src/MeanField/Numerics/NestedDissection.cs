using System.Numerics;

namespace MeanField.Numerics;

/// <summary>
/// An elimination order with little fill for a sparse symmetric pattern: George's nested dissection (SIAM J. Numer. Anal. 10, 1973) with
/// breadth-first levels as separators, and exact minimum degree once a part fits in one machine word.
/// </summary>
internal static class NestedDissection
{
    private const int LeafSize = 64;

    /// <summary>Orders the vertices of a graph for elimination.</summary>
    /// <param name="offsets">Length n + 1.</param>
    /// <param name="neighbours">Neighbours of each vertex, symmetric, without the vertex itself.</param>
    /// <param name="interruption">Asked before each part.</param>
    /// <returns>Length n: the vertex eliminated at each position.</returns>
    /// <exception cref="OperationCanceledException">The interruption was wanted.</exception>
    public static int[] Order(int[] offsets, int[] neighbours, Interruption? interruption = null)
    {
        var count = offsets.Length - 1;
        var dissection = new Dissection(offsets, neighbours);
        var parts = new Stack<(int Start, int End)>();
        parts.Push((0, count));
        while (parts.TryPop(out var part))
        {
            interruption?.Check();
            if (part.End - part.Start <= LeafSize)
            {
                dissection.OrderLeaf(part.Start, part.End);
            }
            else
            {
                dissection.Split(part.Start, part.End, parts);
            }
        }

        return dissection.Order;
    }

    private sealed class Dissection(int[] offsets, int[] neighbours)
    {
        private readonly int[] _part = new int[offsets.Length - 1];
        private readonly int[] _level = new int[offsets.Length - 1];
        private readonly int[] _queue = new int[offsets.Length - 1];
        private int _parts;

        /// <summary>A permutation of the vertices; the parts still to be split are ranges of it.</summary>
        public int[] Order { get; } = [.. Enumerable.Range(0, offsets.Length - 1)];

        /// <summary>
        /// Rearranges a range into parts that do not touch each other, followed by their separator, and puts the parts on the list. A range
        /// that is not connected falls into its components; one too dense to split stays, the vertices with most neighbours last.
        /// </summary>
        public void Split(int start, int end, Stack<(int Start, int End)> parts)
        {
            var label = ++_parts;
            for (var i = start; i < end; i++)
            {
                _part[Order[i]] = label;
                _level[Order[i]] = -1;
            }

            var reached = Search(Order[start], label, 0);
            if (reached < end - start)
            {
                Separate(start, end, label, reached, parts);
                return;
            }

            // A vertex of the last level is nearly as far away as any: levels from there are many and small.
            var root = _queue[reached - 1];
            foreach (var vertex in _queue.AsSpan(0, reached))
            {
                _level[vertex] = -1;
            }

            Search(root, label, 0);
            var depth = _level[_queue[reached - 1]] + 1;
            if (depth < 3)
            {
                SortByDegree(start, end);
                return;
            }

            var separator = SeparatorLevel(reached, depth);
            var (first, second) = Rearrange(
                start,
                end,
                vertex =>
                    _level[vertex] < separator ? 0
                    : _level[vertex] > separator ? 1
                    : TouchesLevel(vertex, label, separator + 1) ? 2
                    : 0
            );
            parts.Push((start, start + first));
            parts.Push((start + first, start + first + second));
        }

        /// <summary>Orders at most 64 vertices by exact minimum degree, each vertex's neighbours being the bits of one word.</summary>
        public void OrderLeaf(int start, int end)
        {
            var label = ++_parts;
            for (var i = start; i < end; i++)
            {
                _part[Order[i]] = label;
                _level[Order[i]] = i - start;
            }

            Span<ulong> adjacent = stackalloc ulong[LeafSize];
            Span<int> vertices = stackalloc int[LeafSize];
            var count = end - start;
            for (var i = 0; i < count; i++)
            {
                vertices[i] = Order[start + i];
                adjacent[i] = 0;
                foreach (var neighbour in Neighbours(vertices[i]))
                {
                    if (_part[neighbour] == label)
                    {
                        adjacent[i] |= 1UL << _level[neighbour];
                    }
                }
            }

            var remaining = count == LeafSize ? ulong.MaxValue : (1UL << count) - 1;
            for (var position = start; position < end; position++)
            {
                var chosen = -1;
                for (var rest = remaining; rest != 0; rest &= rest - 1)
                {
                    var i = BitOperations.TrailingZeroCount(rest);
                    if (chosen < 0 || Degree(adjacent[i], remaining) < Degree(adjacent[chosen], remaining))
                    {
                        chosen = i;
                    }
                }

                remaining &= ~(1UL << chosen);
                Order[position] = vertices[chosen];
                for (var rest = adjacent[chosen] & remaining; rest != 0; rest &= rest - 1)
                {
                    var i = BitOperations.TrailingZeroCount(rest);
                    adjacent[i] |= adjacent[chosen] & ~(1UL << i);
                }
            }
        }

        private static int Degree(ulong adjacent, ulong remaining) => BitOperations.PopCount(adjacent & remaining);

        private ReadOnlySpan<int> Neighbours(int vertex) => neighbours.AsSpan(offsets[vertex]..offsets[vertex + 1]);

        private bool TouchesLevel(int vertex, int label, int level)
        {
            foreach (var neighbour in Neighbours(vertex))
            {
                if (_part[neighbour] == label && _level[neighbour] == level)
                {
                    return true;
                }
            }

            return false;
        }

        // Breadth-first levels from a root, among the vertices of a part that have none yet; those reached are added to _queue in level
        // order, behind the ones that are there. Returns how many are there then.
        private int Search(int root, int label, int reached)
        {
            var next = reached;
            _queue[reached++] = root;
            _level[root] = 0;
            for (; next < reached; next++)
            {
                foreach (var neighbour in Neighbours(_queue[next]))
                {
                    if (_part[neighbour] == label && _level[neighbour] < 0)
                    {
                        _level[neighbour] = _level[_queue[next]] + 1;
                        _queue[reached++] = neighbour;
                    }
                }
            }

            return reached;
        }

        // All components in one pass: however many there are, each vertex is looked at once.
        private void Separate(int start, int end, int label, int reached, Stack<(int Start, int End)> parts)
        {
            parts.Push((start, start + reached));
            for (var i = start; i < end; i++)
            {
                if (_level[Order[i]] < 0)
                {
                    var from = reached;
                    reached = Search(Order[i], label, reached);
                    parts.Push((start + from, start + reached));
                }
            }

            _queue.AsSpan(0, reached).CopyTo(Order.AsSpan(start));
        }

        private void SortByDegree(int start, int end)
        {
            var keys = new long[end - start];
            for (var i = start; i < end; i++)
            {
                keys[i - start] = ((long)Neighbours(Order[i]).Length << 32) | (uint)Order[i];
            }

            Array.Sort(keys);
            for (var i = start; i < end; i++)
            {
                Order[i] = (int)keys[i - start];
            }
        }

        // The smallest level that leaves at least a quarter of the vertices on either side.
        private int SeparatorLevel(int reached, int depth)
        {
            var best = depth / 2;
            var bestSize = int.MaxValue;
            for (var i = 0; i < reached; )
            {
                var level = _level[_queue[i]];
                var levelStart = i;
                while (i < reached && _level[_queue[i]] == level)
                {
                    i++;
                }

                var isBalanced = levelStart >= reached / 4 && reached - i >= reached / 4;
                if (isBalanced && level > 0 && level < depth - 1 && i - levelStart < bestSize)
                {
                    best = level;
                    bestSize = i - levelStart;
                }
            }

            return best;
        }

        // Stable three-way partition of a range of the order.
        private (int First, int Second) Rearrange(int start, int end, Func<int, int> group)
        {
            Span<int> sizes = stackalloc int[3];
            for (var i = start; i < end; i++)
            {
                _queue[i - start] = Order[i];
                sizes[group(Order[i])]++;
            }

            Span<int> next = [start, start + sizes[0], start + sizes[0] + sizes[1]];
            for (var i = 0; i < end - start; i++)
            {
                Order[next[group(_queue[i])]++] = _queue[i];
            }

            return (sizes[0], sizes[1]);
        }
    }
}
