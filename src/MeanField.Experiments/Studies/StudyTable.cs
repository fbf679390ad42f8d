namespace MeanField.Experiments.Studies;

/// <summary>A table of numbers, shown on the page and written as CSV.</summary>
/// <param name="Name">What its file is called, without the ending.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">The heads of its columns.</param>
/// <param name="Rows">Rows of as many cells.</param>
internal sealed record StudyTable(
    string Name,
    string Caption,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<StudyCell>> Rows
);
