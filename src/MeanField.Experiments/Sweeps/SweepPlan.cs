namespace MeanField.Experiments.Sweeps;

/// <summary>Which solves make up a sweep, each once. Immutable and safe to share between threads.</summary>
public sealed class SweepPlan
{
    private SweepPlan(string name, IReadOnlyList<SweepCell> cells, IReadOnlyList<SweepAxis> axes) =>
        (Name, Cells, Axes) = (name, cells, axes);

    /// <summary>What the sweep is called in its page.</summary>
    public string Name { get; }

    /// <summary>The cells in order, their addresses distinct.</summary>
    public IReadOnlyList<SweepCell> Cells { get; }

    /// <summary>The parameters of games and options of solvers that differ between cells: first those of games, each kind in listing order.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>Makes a plan.</summary>
    /// <param name="name">What the sweep is called in its page.</param>
    /// <param name="cells">The cells; of several with one address the first one counts, because they have the same answer.</param>
    public static SweepPlan Create(string name, IEnumerable<SweepCell> cells)
    {
        var distinct = cells.DistinctBy(cell => cell.Address, StringComparer.Ordinal).ToList();
        return new SweepPlan(name, distinct, SweepAxis.Of(distinct));
    }

    /// <summary>The share of one job of an array of jobs: every <paramref name="count"/>-th cell from <paramref name="index"/> on. Together the jobs 0
    /// to count − 1 have every cell, each once.</summary>
    /// <param name="index">The number of the job, 0 to count − 1.</param>
    /// <param name="count">How many jobs there are, at least 1; some have no cell where there are more than cells.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such job.</exception>
    public SweepPlan Job(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return new SweepPlan(Name, [.. Cells.Where((_, at) => at % count == index)], Axes);
    }
}
