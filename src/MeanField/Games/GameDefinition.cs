using MeanField.Parameters;

namespace MeanField.Games;

/// <summary>A catalogue entry: how a kind of game is named, described, parameterised and created.</summary>
/// <param name="Name">The name on the command line and in files.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Source">Where the game comes from, and what in it is this project's own choice.</param>
/// <param name="Parameters">Every parameter, in listing order.</param>
/// <param name="Create">Creates the game from checked values; throws <see cref="ParameterException"/> where values that are each in
/// range do not fit together.</param>
public sealed record GameDefinition(
    string Name,
    string Summary,
    string Source,
    IReadOnlyList<ParameterDescription> Parameters,
    Func<ParameterValues, IMeanFieldGame> Create
);
