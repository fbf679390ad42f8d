using System.Diagnostics;
using System.Text.RegularExpressions;
using MeanField.Cli;
using MeanField.Experiments.Tests.Formats;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Documentation;

/// <summary>What the documentation shows to type works as shown.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private const string Bash = "/bin/bash";
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Lazy<string[]> Compiled = new(() =>
        [
            .. new[] { "tests", "examples" }
                .SelectMany(RepositoryRoot.SourceFiles)
                .Select(file => Condensed(File.ReadAllText(file).ReplaceLineEndings("\n"))),
        ]
    );

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Pages => [.. DocumentPage.Names];

    public void Dispose() => _folder.Dispose();

    // One page after the other in a folder of its own that has the examples in it, as a reader would who starts at the top.
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_command_and_script_of_a_page_runs(string name)
    {
        Assert.SkipUnless(File.Exists(Bash), $"there is no {Bash}");
        Directory.CreateDirectory(_folder.PathOf("examples"));
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("examples")))
        {
            _folder.Write($"examples/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        }

        _folder.Write(
            "meanfield",
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "MeanField.Cli.dll")}' \"$@\"\n"
        );
        foreach (var block in DocumentPage.Read(name).Blocks.Where(block => !block.IsNotRun))
        {
            switch (block.Language)
            {
                case "sh":
                    foreach (var (line, exitCode) in block.Commands)
                    {
                        await Run(line, exitCode);
                    }

                    break;
                case "yaml" when block.FileName is { } file:
                    _folder.Write(file, block.Content);
                    break;
                case "python" when await HasNumpy():
                    _folder.Write("script.py", block.Content);
                    await Run($"{Python} script.py", 0);
                    break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_that_take_too_long_for_a_test_can_at_least_be_typed(string name)
    {
        foreach (
            var block in DocumentPage.Read(name).Blocks.Where(block => block is { Language: "sh", IsNotRun: true })
        )
        {
            foreach (var (line, _) in block.Commands)
            {
                string[] words = [.. Word().Matches(line).Select(match => match.Value.Trim('"', '\''))];
                if (words[0] == "meanfield")
                {
                    using var output = new StringWriter();
                    var parsed = CommandLine.Parse(words[1..], new CommandConsole(output, output));
                    Assert.True(UsageError.Find(parsed) is null, $"{name}: {line}: {UsageError.Find(parsed)}");
                }

                foreach (var path in words.Where(word => PathInTree().IsMatch(word)))
                {
                    Assert.True(Path.Exists(RepositoryRoot.Combine(path)), $"{name}: {line}: there is no {path}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_and_pages_that_a_page_names_exist(string name)
    {
        var page = DocumentPage.Read(name);
        var folder = Path.GetDirectoryName(name)!;
        var linked = Link().Matches(page.Text).Select(match => Path.Combine(folder, match.Groups["path"].Value));
        var named = Quoted().Matches(page.Text).Select(match => match.Groups["path"].Value);
        Assert.All(
            linked.Concat(named),
            path => Assert.True(Path.Exists(RepositoryRoot.Combine(path)), $"{name}: there is no {path}")
        );
    }

    // What runs only in a shell block must be known to the tests as a command of ours, or be marked with the reason why it is not run.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_are_ours_or_say_why_they_are_not_run(string name) =>
        Assert.All(
            DocumentPage.Read(name).Blocks.Where(block => block is { Language: "sh", IsNotRun: false }),
            block => Assert.All(block.Commands, command => Assert.StartsWith("meanfield ", command.Line))
        );

    // White space apart, and lines that only import: where a block begins in the middle of a file its imports stand elsewhere.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_CSharp_is_part_of_a_file_that_is_compiled(string name) =>
        Assert.All(
            DocumentPage.Read(name).Blocks.Where(block => block.Language == "csharp"),
            block =>
                Assert.Contains(
                    Compiled.Value,
                    file => file.Contains(Condensed(block.Content), StringComparison.Ordinal)
                )
        );

    private static string Condensed(string code) =>
        string.Concat(
            code.Split('\n')
                .Where(line => !line.StartsWith("using ", StringComparison.Ordinal))
                .SelectMany(line => line.Where(character => !char.IsWhiteSpace(character)))
        );

    private async Task Run(string line, int exitCode)
    {
        var start = new ProcessStartInfo(Bash, ["-c", $"meanfield() {{ sh ./meanfield \"$@\"; }}; {line}"])
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(false);
        Assert.True(
            process.ExitCode == exitCode,
            $"{line}\nfound exit code {process.ExitCode}; expected {exitCode}\n{await output.ConfigureAwait(false)}\n{await error.ConfigureAwait(false)}"
        );
    }

    private static async Task<bool> HasNumpy()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var process = Process.Start(
            new ProcessStartInfo(Python, ["-c", "import numpy"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            }
        )!;
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0;
    }

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(src|bench|examples|tests|docs)/")]
    private static partial Regex PathInTree();

    [GeneratedRegex(@"\]\((?<path>[^):#]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(src|bench|examples|tests|docs)/[\w./-]+)`")]
    private static partial Regex Quoted();
}
