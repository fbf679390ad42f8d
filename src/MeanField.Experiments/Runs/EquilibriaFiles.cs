using MeanField.Experiments.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>Writes and reads the files of several equilibria: one row each, with its probabilities in pair order (policy_equilibria.npy) and its shares
/// in state order (mean_field_equilibria.npy).</summary>
internal static class EquilibriaFiles
{
    /// <summary>The equilibria that a run stores: all where there are several; a single one is the answer itself.</summary>
    public static IReadOnlyList<Iterate> Of(Solution solution) =>
        solution.Equilibria.Count > 1 ? solution.Equilibria : [];

    public static void WritePolicies(Stream stream, IReadOnlyList<Iterate> equilibria) =>
        NpyFile.Write(
            stream,
            [.. equilibria.SelectMany(equilibrium => equilibrium.Policy.Probabilities.ToArray())],
            equilibria.Count,
            equilibria[0].Policy.Probabilities.Length
        );

    public static void WriteMeanFields(Stream stream, IReadOnlyList<Iterate> equilibria) =>
        NpyFile.Write(
            stream,
            [.. equilibria.SelectMany(equilibrium => equilibrium.MeanField)],
            equilibria.Count,
            equilibria[0].MeanField.Count
        );

    /// <summary>Reads one of the two files: so many rows of so many numbers from 0 to 1.</summary>
    /// <exception cref="InputFileException">The file cannot be read, has another shape, or holds a number that is no probability.</exception>
    public static double[][] Read(string path, int count, int length)
    {
        var array = NpyFile.Read(path);
        if (array.Shape is not [var rows, var columns] || rows != count || columns != length)
        {
            throw InputFileException.At(
                path,
                $"the shape is ({string.Join(", ", array.Shape)})",
                $"({count}, {length}), one row an equilibrium in {RunFiles.Record}"
            );
        }

        for (var at = 0; at < array.Values.Length; at++)
        {
            PolicyFile.Probability(path, $"row {at / length}, column {at % length}", array.Values[at]);
        }

        return [.. array.Values.Chunk(length)];
    }
}
