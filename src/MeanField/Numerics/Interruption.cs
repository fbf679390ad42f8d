namespace MeanField.Numerics;

/// <summary>How long computations learn that nobody waits for them any more. They ask every so many rows, and leave by an exception.</summary>
/// <param name="reason">The exception to leave by, or <see langword="null"/> to go on; called often, by the computing thread.</param>
internal sealed class Interruption(Func<OperationCanceledException?> reason)
{
    // Asked at every row that is long, and once in so many that are short.
    private const int ShortRow = 256;
    private const int RowsPerCheck = 64;

    /// <summary>Never wanted.</summary>
    public static Interruption None { get; } = new(() => null);

    /// <summary>Wanted once the token is cancelled.</summary>
    public static Interruption By(CancellationToken cancellation) =>
        new(() => cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation) : null);

    /// <summary>Leaves the computation if that is wanted.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    public void Check()
    {
        if (reason() is { } exception)
        {
            throw exception;
        }
    }

    /// <summary>The same, before a row of a loop over rows.</summary>
    /// <param name="row">The number of the row.</param>
    /// <param name="length">A measure of the work that it is, such as its entries.</param>
    /// <exception cref="OperationCanceledException">It is.</exception>
    public void CheckRow(int row, int length)
    {
        if (length > ShortRow || row % RowsPerCheck == 0)
        {
            Check();
        }
    }
}
