using System.Text.RegularExpressions;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Documentation;

/// <summary>A page of the documentation and what it shows to type.</summary>
internal sealed partial record DocumentPage(string Name, string Text)
{
    /// <summary>README.md, CONTRIBUTING.md and everything under docs, examples and bench, by path.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "README.md",
        "CONTRIBUTING.md",
        .. new[] { "docs", "examples", "bench" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.md", SearchOption.AllDirectories)
            )
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The fenced blocks, in order.</summary>
    public IReadOnlyList<DocumentBlock> Blocks { get; } =
    [
        .. Fence()
            .Matches(Text)
            .Select(match => new DocumentBlock(
                match.Groups["language"].Value,
                match.Groups["content"].Value,
                match.Groups["reason"].Success
            )),
    ];

    public static DocumentPage Read(string name) =>
        new(name, File.ReadAllText(RepositoryRoot.Combine(name)).ReplaceLineEndings("\n"));

    [GeneratedRegex(
        @"^(<!-- not run: (?<reason>[^\n]+) -->\n)?```(?<language>\w+)\n(?<content>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Fence();
}
