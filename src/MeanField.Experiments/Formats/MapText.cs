using MeanField.Catalogue;
using MeanField.Games;

namespace MeanField.Experiments.Formats;

/// <summary>A parameter that holds the place of a game as a text of several lines.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Check">Brings a text into the one form that is recorded, so that one place has one text, and one hash, however it was written
/// down; throws <see cref="Parameters.ParameterException"/> for a text that is none.</param>
internal sealed record MapText(string Parameter, Func<string, string> Check)
{
    private static readonly MapText[] All = [new("layout", Layout), new("network", Network)];

    /// <summary>That of a game, or <see langword="null"/>.</summary>
    public static MapText? Of(GameDefinition game) =>
        Array.Find(All, text => game.Parameters.Any(parameter => parameter.Name == text.Parameter));

    private static string Layout(string text)
    {
        GridLayout.Parse(text);
        return string.Join('/', text.Split('\n', '/').Select(row => row.Trim())).Trim('/');
    }

    // A text without a comma is the name of a network that is generated, which the game checks.
    private static string Network(string text) =>
        text.Contains(',', StringComparison.Ordinal) ? GraphNetwork.Parse(text).ToText() : text.Trim();
}
