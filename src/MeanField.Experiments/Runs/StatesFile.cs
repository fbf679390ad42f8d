using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Games;

namespace MeanField.Experiments.Runs;

/// <summary>Writes states.csv: what the state and action numbers of policy.npy and mean_field.npy stand for. One line a state, its name and
/// the names of its actions in order, separated by blanks.</summary>
internal static class StatesFile
{
    public static void Write(Stream stream, IMeanFieldGame game)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("state,name,actions");
        for (var state = 0; state < game.StateCount; state++)
        {
            var current = state;
            var actions = Enumerable
                .Range(0, game.ActionCount(state))
                .Select(action => game.ActionName(current, action));
            writer.WriteLine(
                FormattableString.Invariant(
                    $"{state},{CsvText.Cell(game.StateName(state))},{CsvText.Cell(string.Join(' ', actions))}"
                )
            );
        }
    }
}
