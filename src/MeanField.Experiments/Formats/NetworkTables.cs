using MeanField.Catalogue;
using MeanField.Parameters;

namespace MeanField.Experiments.Formats;

/// <summary>
/// Reads networks from comma-separated text: the tables of edges and, if wanted, of nodes that <see cref="GraphNetwork"/> describes. No method
/// keeps state; all are safe to call from any thread.
/// </summary>
public static class NetworkTables
{
    private const int MaximumBytes = 1 << 25;

    /// <summary>Reads a network as the parameter <c>network</c> of the game <c>crowd-graph</c>.</summary>
    /// <param name="path">The file, at most 32 MiB of UTF-8 text.</param>
    /// <exception cref="InputFileException">The file cannot be read or is no network; the message names the line.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path)
    {
        var text = InputFile.ReadAllText(path, MaximumBytes);
        try
        {
            return [new("network", GraphNetwork.Parse(text, Excerpt.Plain(path, 400)).ToText())];
        }
        catch (ParameterException e)
        {
            throw new InputFileException(e.Message, e);
        }
    }
}
