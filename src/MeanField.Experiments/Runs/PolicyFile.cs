using System.Globalization;
using MeanField.Experiments.Formats;
using MeanField.Tabular;

namespace MeanField.Experiments.Runs;

/// <summary>Writes and reads the arrays of a run: policy.npy (one row a feasible pair: state, action, probability) and mean_field.npy.</summary>
internal static class PolicyFile
{
    private const int Columns = 3;

    public static void Write(Stream stream, TabularGame game, Policy policy)
    {
        var rows = new double[game.PairCount * Columns];
        for (var state = 0; state < game.StateCount; state++)
        {
            for (var pair = game.PairOffsets[state]; pair < game.PairOffsets[state + 1]; pair++)
            {
                rows[Columns * pair] = state;
                rows[(Columns * pair) + 1] = pair - game.PairOffsets[state];
                rows[(Columns * pair) + 2] = policy.Probabilities[pair];
            }
        }

        NpyFile.Write(stream, rows, game.PairCount, Columns);
    }

    /// <summary>Reads a policy: its probabilities in pair order, and the pair offsets (length S + 1) that its rows amount to. Rows must be
    /// in pair order and every probability a number from 0 to 1.</summary>
    /// <exception cref="InputFileException">The file cannot be read or is no policy of so many states and pairs.</exception>
    public static (double[] Probabilities, int[] PairOffsets) Read(string path, int states, int pairs)
    {
        var array = NpyFile.Read(path);
        if (array.Shape is not [_, Columns] || array.Shape[0] != pairs)
        {
            throw InputFileException.At(
                path,
                $"the shape is ({string.Join(", ", array.Shape)})",
                $"({pairs}, {Columns})"
            );
        }

        var probabilities = new double[pairs];
        var offsets = new List<int> { 0 };
        var (state, action) = (0, -1);
        for (var pair = 0; pair < pairs; pair++)
        {
            if (pair > 0 && array.Values[Columns * pair] == state + 1)
            {
                (state, action) = (state + 1, -1);
                offsets.Add(pair);
            }

            action++;
            if (
                array.Values[Columns * pair] != state
                || array.Values[(Columns * pair) + 1] != action
                || state >= states
            )
            {
                throw InputFileException.At(
                    path,
                    $"row {pair} is state {Text(array.Values[Columns * pair])}, action {Text(array.Values[(Columns * pair) + 1])}",
                    $"states 0 to {states - 1} in order, each with its actions from 0 in order"
                );
            }

            probabilities[pair] = Probability(path, $"row {pair}", array.Values[(Columns * pair) + 2]);
        }

        return state == states - 1
            ? (probabilities, [.. offsets, pairs])
            : throw InputFileException.At(
                path,
                $"the rows end with state {state}",
                $"rows for all states, 0 to {states - 1}"
            );
    }

    /// <summary>Reads a mean field: one number from 0 to 1 for each state.</summary>
    /// <exception cref="InputFileException">The file cannot be read or is no mean field of so many states.</exception>
    public static double[] ReadMeanField(string path, int states)
    {
        var array = NpyFile.Read(path);
        if (array.Shape.Count != 1 || array.Shape[0] != states)
        {
            throw InputFileException.At(path, $"the shape is ({string.Join(", ", array.Shape)})", $"({states},)");
        }

        for (var state = 0; state < states; state++)
        {
            Probability(path, $"state {state}", array.Values[state]);
        }

        return array.Values;
    }

    // Sums are not checked here: certification does, with the names of states.
    public static double Probability(string path, string place, double value) =>
        value is >= 0 and <= 1 + Policy.SumTolerance
            ? value
            : throw InputFileException.At(path, $"{place} has probability {Text(value)}", "0 to 1");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
