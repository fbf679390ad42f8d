using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Experiments;

/// <summary>A game as data: which catalogue entry, with which values. Immutable and safe to share between threads.</summary>
/// <param name="Definition">The catalogue entry.</param>
/// <param name="Values">A value for each of its parameters.</param>
public sealed record GameSpec(GameDefinition Definition, ParameterValues Values)
{
    /// <summary>SHA-256, in lower-case hexadecimal, of the catalogue name and every parameter's canonical text.</summary>
    public string Hash => HashOf(Definition.Name, Values.InOrder());

    /// <summary>What people call it: the catalogue name, or that of its file without folder and extension, as far as it is made of letters, digits,
    /// hyphens and underscores.</summary>
    public string Name =>
        File is not null
        && Path.GetFileNameWithoutExtension(File) is { Length: > 0 and <= 60 } name
        && name.All(IsPlain)
            ? name
            : Definition.Name;

    // Named in front of what Create finds wrong, so that the message leads back to the file.
    private string? File { get; init; }

    /// <summary>Creates the game.</summary>
    /// <exception cref="ParameterException">Values that are each in range do not fit together, such as a target on a wall.</exception>
    public IMeanFieldGame Create()
    {
        try
        {
            return Definition.Create(Values);
        }
        catch (ParameterException e) when (File is not null)
        {
            throw new ParameterException($"{Excerpt.Plain(File, 400)}: {e.Message}", e);
        }
    }

    /// <summary>Loads the game that the command line names.</summary>
    /// <param name="game">A catalogue name, a game file (<c>.yaml</c>, <c>.yml</c>), a Moving AI map (<c>.map</c>, which implies
    /// <c>crowd-grid</c>), a road network (<c>.tntp</c>) or a table of edges (<c>.csv</c>; both imply <c>crowd-graph</c>). A catalogue
    /// name wins over a file of the same name.</param>
    /// <param name="overrides">Values by parameter name; they win over those of a file.</param>
    /// <exception cref="InputFileException">No such game or file, or the file cannot be used.</exception>
    /// <exception cref="ParameterException">An override is unknown or out of range.</exception>
    public static GameSpec Load(string game, IReadOnlyList<KeyValuePair<string, string>> overrides)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(overrides);
        if (GameCatalogue.Find(game) is { } definition)
        {
            return Create(definition, overrides, file: null);
        }

        return Path.GetExtension(game).ToUpperInvariant() is ".YAML" or ".YML" ? LoadGameFile(game, overrides)
            : MapFile.Of(game) is { } kind ? Create(kind.Game, [.. kind.Read(game), .. overrides], game)
            : throw Unknown(game);
    }

    internal static string HashOf(string name, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        // Lengths in front keep two different lists from having one text.
        var text = new StringBuilder(name);
        foreach (var (key, value) in parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{key}={value.Length}:{value}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Not inlined: the YAML library is loaded only when a game file is named.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GameSpec LoadGameFile(string path, IReadOnlyList<KeyValuePair<string, string>> overrides)
    {
        var file = GameFile.Read(path);
        return Create(file.Definition, [.. file.Parameters, .. overrides], path);
    }

    private static GameSpec Create(
        GameDefinition definition,
        IEnumerable<KeyValuePair<string, string>> given,
        string? file
    ) =>
        new(definition, ParameterValues.Create($"game {definition.Name}", definition.Parameters, given))
        {
            File = file,
        };

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private static InputFileException Unknown(string game)
    {
        var maps = string.Join(", ", MapFile.Kinds.Select(kind => $"{kind.Name} ({kind.Extension})"));
        var allowed = Suggestion.Allowed(game, GameCatalogue.All.Select(entry => entry.Name));
        var found =
            Directory.Exists(game) ? "is a folder"
            : System.IO.File.Exists(game) ? $"is a file of the unknown kind {Excerpt.Quoted(Path.GetExtension(game))}"
            : "is no game of the catalogue, and a file of that name was not found";
        return InputFileException.At(
            $"game {Excerpt.Quoted(game)}",
            found,
            $"{allowed}, a game file (.yaml, .yml), {maps}"
        );
    }
}
