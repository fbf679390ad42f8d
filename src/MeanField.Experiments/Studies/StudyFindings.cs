using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Studies;

/// <summary>What an experiment found.</summary>
internal sealed record StudyFindings
{
    /// <summary>Sentences with numbers, the most important first.</summary>
    public required IReadOnlyList<StudyClaim> Claims { get; init; }

    /// <summary>Figures.</summary>
    public required IReadOnlyList<SeriesChart> Charts { get; init; }

    /// <summary>The numbers behind sentences and figures.</summary>
    public required IReadOnlyList<StudyTable> Tables { get; init; }
}
