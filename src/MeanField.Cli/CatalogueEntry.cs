using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>A game or a solver as it is listed.</summary>
internal sealed record CatalogueEntry(
    string Name,
    string Summary,
    string Source,
    IReadOnlyList<ParameterDescription> Parameters
);
