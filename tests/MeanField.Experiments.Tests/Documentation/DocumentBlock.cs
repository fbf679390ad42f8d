using System.Text.RegularExpressions;

namespace MeanField.Experiments.Tests.Documentation;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The word behind the fence.</param>
/// <param name="Content">The lines between the fences.</param>
/// <param name="IsNotRun">Whether a comment before it says why the tests do not run it.</param>
internal sealed partial record DocumentBlock(string Language, string Content, bool IsNotRun)
{
    private const string FromSource = "dotnet run -c Release --project src/MeanField.Cli -- ";

    /// <summary>The file that a first line such as <c># town.yaml</c> says it is, or <see langword="null"/>.</summary>
    public string? FileName => NameLine().Match(Content) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The commands of a shell block, each as it can be run, with the exit code that its comment names.</summary>
    public IEnumerable<(string Line, int ExitCode)> Commands =>
        Content
            .Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line, Comment().Match(line)))
            .Where(part => part.Item2.Index > 0 || !part.Item2.Success)
            .Select(part =>
                (
                    (part.Item2.Success ? part.line[..part.Item2.Index] : part.line)
                        .Trim()
                        .Replace(FromSource, "meanfield ", StringComparison.Ordinal),
                    ExitCode().Match(part.Item2.Value) is { Success: true } code
                        ? int.Parse(code.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
                        : 0
                )
            );

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^# ([\w-]+\.yaml)\n")]
    private static partial Regex NameLine();

    [GeneratedRegex(@"exit code (\d+)")]
    private static partial Regex ExitCode();
}
