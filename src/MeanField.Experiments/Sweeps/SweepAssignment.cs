namespace MeanField.Experiments.Sweeps;

/// <summary>What a value in a sweep file is given to.</summary>
internal enum SweepSubject
{
    Game,
    GameParameter,
    Solver,
    Option,
}

/// <summary>One value that a sweep file gives to one thing. A factor of a sweep is a list of alternatives, each a list of these.</summary>
/// <param name="Subject">What kind of thing.</param>
/// <param name="Key">The name of a parameter or option; empty for games and solvers.</param>
/// <param name="Text">The value.</param>
/// <param name="Line">Where it stands, from 1.</param>
internal sealed record SweepAssignment(SweepSubject Subject, string Key, string Text, long Line)
{
    /// <summary>Whether it is one of a range of numbers.</summary>
    public bool IsOfRange { get; init; }

    /// <summary>How the key of its place in the file is called.</summary>
    public string Name => Key.Length > 0 ? Key : SweepFileReader.KeyOf(Subject);
}
