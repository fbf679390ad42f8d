namespace MeanField.Numerics;

/// <summary>Work on a range of indices in which every index has an answer of its own.</summary>
internal interface IChunkedWork
{
    /// <summary>Does the indices <paramref name="start"/> to <paramref name="end"/> − 1. Called from several threads at once, on disjoint ranges.</summary>
    void Run(int start, int end);
}
