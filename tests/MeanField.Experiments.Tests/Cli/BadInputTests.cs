using System.Text;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>Whatever a person gets wrong ends with exit code 2 and one line that names the place, what was found and what is allowed.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Arguments (FOLDER stands for the test's own folder), and words that the message must contain.</summary>
    public static TheoryData<string, string[]> WrongUsage { get; } =
        new()
        {
            {
                "",
                [
                    "no command",
                    "games, solvers, solve, compare, sweep, experiment, doctor, certify, report",
                    "meanfield --help",
                ]
            },
            { "slove crowd-grid", ["'slove'", "did you mean 'solve'"] },
            { "--jsn", ["'--jsn'", "--help, --version"] },
            { "games --jsno", ["'--jsno'", "did you mean '--json'", "meanfield games --help"] },
            { "games crowd-grid", ["'crowd-grid'", "options only"] },
            { "solve", ["needs a GAME", "meanfield games"] },
            { "solve --sead 3", ["'--sead'", "did you mean '--seed'"] },
            { "solve crowd-grid --sead 3", ["'--sead'", "did you mean '--seed'", "--threads"] },
            { "solve crowd-grid crowd-grid", ["'crowd-grid'", "one GAME"] },
            { "solve crowd-grid --json=yes", ["'yes'"] },
            { "solve crowd-grid --json no", ["'no'"] },
            { "solve crowd-grid --seed", ["--seed has no value", "--seed N"] },
            { "solve crowd-grid --seed 1 --seed 2", ["--seed is given 2 times", "once"] },
            { "solve crowd-grid --seed 1.5", ["--seed is '1.5'", "-9223372036854775808 to 9223372036854775807"] },
            { "solve crowd-grid --seed 9223372036854775808", ["--seed is '9223372036854775808'"] },
            { "solve crowd-grid --threads 0", ["--threads is '0'", "1 to 256"] },
            { "solve crowd-grid --threads 257", ["--threads is '257'", "1 to 256"] },
            { "solve crowd-grid --threads -1", ["--threads is '-1'", "1 to 256"] },
            { "solve crowd-grid --threads many", ["--threads is 'many'", "1 to 256"] },
            { "solve crowd-grid --game slip", ["--game is 'slip'", "KEY=VALUE"] },
            { "solve crowd-grid --set =1", ["--set is '=1'", "KEY=VALUE"] },
            { "solve crowd-grid --out=", ["--out has no value", "--out DIR"] },
            { "--version games", ["--version", "alone"] },
            { "certify", ["needs a RUN_DIR"] },
            { "report", ["needs a RUN_DIR"] },
            { "certify FOLDER/nothing", ["nothing", "not found", "run.json"] },
            { "report FOLDER", ["run.json", "not found"] },
        };

    public static TheoryData<string, string[]> WrongValues { get; } =
        new()
        {
            { "solve crowd-gird", ["'crowd-gird'", "did you mean 'crowd-grid'", ".yaml", ".map"] },
            { "solve crowd-grid --solver mf-trop", ["'mf-trop'", "did you mean 'mf-trpo'"] },
            { "solve crowd-grid --game walls=3", ["'walls'", "slip", "layout"] },
            { "solve crowd-grid --set eta=3", ["'eta'", "temperature"] },
            { "solve crowd-grid --game slip=1.01", ["'slip'", "'1.01'", "at most 1"] },
            { "solve crowd-grid --game slip=NaN", ["'slip'", "'NaN'", "finite number"] },
            { "solve crowd-grid --game slip=0,5", ["'slip'", "'0,5'", "finite number"] },
            { "solve crowd-grid --game congestion=Infinity", ["'congestion'", "'Infinity'", "finite number"] },
            { "solve crowd-grid --game congestion=1e999", ["'congestion'", "'1e999'", "finite number"] },
            { "solve crowd-grid --game discount=0", ["'discount'", "'0'", "greater than 0"] },
            { "solve crowd-grid --game discount=1", ["'discount'", "'1'", "less than 1"] },
            { "solve crowd-grid --game discount=-0.5", ["'discount'", "'-0.5'", "greater than 0"] },
            { "solve crowd-grid --game moves=5", ["'moves'", "'5'", "4, 8"] },
            { "solve crowd-grid --set temperature=-0.1", ["'temperature'", "'-0.1'", "at least 0"] },
            { "solve crowd-grid --set temperature=NaN", ["'temperature'", "'NaN'", "finite number"] },
            { "solve crowd-grid --set outer-iterations=0", ["'outer-iterations'", "'0'", "at least 1"] },
            { "solve crowd-grid --set outer-iterations=2.5", ["'outer-iterations'", "'2.5'", "whole number"] },
            { "solve crowd-grid --set step-rule=newton", ["'step-rule'", "'newton'", "paper, constant, kl-radius"] },
            { "solve crowd-grid --set warm-start=yes", ["'warm-start'", "'yes'", "auto, true, false"] },
            { "solve crowd-grid --game layout=.../...", ["no target", "'P'"] },
            { "solve crowd-grid --game layout=###/###", ["no free cell", "'P'"] },
            { "solve crowd-grid --game layout=...../..P", ["row 1", "3 characters", "5"] },
            { "solve crowd-grid --game layout=../xP", ["row 1, column 0", "'x'", "'#' wall"] },
            { "solve crowd-grid --game layout=", ["layout is empty"] },
            { "solve crowd-grid --game targets=9,9", ["9,9", "rows 0 to 4"] },
            { "solve crowd-grid --game targets=corner", ["'corner'", "row,column"] },
            { "solve crowd-graph --game network=islands", ["'islands'", "two-islands, grid, random"] },
            { "solve crowd-graph --game network=grid --game targets=0,0", ["'0,0'", "r0c0, r0c1"] },
            { "solve crowd-graph --game nodes=6 --game bridges=4", ["bridges is 4", "at most 3"] },
        };

    /// <summary>A file's name and text, and words that the message must contain.</summary>
    public static TheoryData<string, string, string[]> WrongFiles { get; } =
        new()
        {
            { "header.map", "type hex\nheight 1\nwidth 2\nmap\n..\n", ["header.map", "line 1", "hex", "octile"] },
            { "rows.map", "type octile\nheight 3\nwidth 2\nmap\n..\n..\n", ["rows.map", "3"] },
            { "columns.map", "type octile\nheight 2\nwidth 2\nmap\n..\n...\n", ["columns.map", "line 6", "3", "2"] },
            { "height.map", "type octile\nheight -2\nwidth 2\nmap\n", ["height.map", "line 2", "-2"] },
            { "tile.map", "type octile\nheight 1\nwidth 2\nmap\n.?\n", ["tile.map", "line 5", "?"] },
            { "blocked.map", "type octile\nheight 1\nwidth 2\nmap\n@T\n", ["blocked.map", "no free cell"] },
            { "binary.map", "\u007fELF\u0001\u0000\u0000\u0003", ["binary.map"] },
            { "empty.map", "", ["empty.map"] },
            { "game.yaml", "game: crowd-gird\n", ["game.yaml", "line 1", "crowd-gird", "crowd-grid"] },
            { "key.yaml", "game: crowd-grid\nslipp: 0.1\n", ["key.yaml", "line 2", "slipp", "slip"] },
            { "twice.yaml", "game: crowd-grid\nslip: 0.1\nslip: 0.2\n", ["twice.yaml", "line 3", "slip"] },
            { "value.yaml", "game: crowd-grid\nslip: much\n", ["value.yaml", "slip", "much", "finite number"] },
            { "nan.yaml", "game: crowd-grid\nslip: .nan\n", ["nan.yaml", "slip", "finite number"] },
            { "syntax.yaml", "game: [crowd-grid\n", ["syntax.yaml", "line"] },
            { "nothing.yaml", "", ["nothing.yaml", "game"] },
            { "ragged.yaml", "game: crowd-grid\nlayout: |\n  ...\n  .P\n", ["ragged.yaml", "layout row 1"] },
            { "game.txt", "game: crowd-grid\n", ["game.txt", ".txt", ".yaml", ".tntp", ".csv"] },
            { "header.csv", "a,b,1\n", ["header.csv", "line 1", "'a,b,1'", "'from,to'"] },
            { "capacity.csv", "from,to,capacity\na,b,-1\n", ["capacity.csv", "line 2", "'-1'", "greater than 0"] },
            { "deadends.csv", "from,to\na,b\na,c\n", ["deadends.csv", "no node can be reached from all others"] },
            { "empty.csv", "", ["empty.csv", "no table of edges", "'from,to'"] },
            { "head.tntp", "1 2 3\n", ["head.tntp", "<END OF METADATA>"] },
            {
                "node.tntp",
                "<NUMBER OF NODES> 2\n<NUMBER OF LINKS> 1\n<END OF METADATA>\n1 3 5 1 1 0 0 0 0 1 ;\n",
                ["node.tntp", "line 4", "'3'", "1 to 2"]
            },
        };

    [Theory]
    [MemberData(nameof(WrongUsage))]
    [MemberData(nameof(WrongValues))]
    public void A_wrong_command_line_is_explained_in_one_line(string arguments, string[] words)
    {
        var run = CommandRun.Of(
            arguments
                .Replace("FOLDER", _folder.Path, StringComparison.Ordinal)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );

        AssertExplained(run, words);
    }

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_file_is_explained_in_one_line(string name, string text, string[] words)
    {
        var path = _folder.Write(name, text);

        AssertExplained(CommandRun.Of("solve", path, "--out", _folder.PathOf("run")), words);
        Assert.False(Directory.Exists(_folder.PathOf("run")));
    }

    [Fact]
    public void Binary_garbage_is_explained_in_one_printable_line()
    {
        var garbage = Enumerable.Range(0, 4096).Select(i => (byte)(i * 73 % 251)).ToArray();
        foreach (var name in new[] { "garbage.map", "garbage.yaml", "garbage.tntp", "garbage.csv" })
        {
            File.WriteAllBytes(_folder.PathOf(name), garbage);

            var run = CommandRun.Of("solve", _folder.PathOf(name));

            AssertExplained(run, [name]);
            Assert.DoesNotContain(run.ErrorLine, char.IsControl);
        }
    }

    [Fact]
    public void A_missing_file_or_a_folder_in_its_place_is_explained_in_one_line()
    {
        Directory.CreateDirectory(_folder.PathOf("folder.map"));

        AssertExplained(CommandRun.Of("solve", _folder.PathOf("none.map")), ["none.map", "not found"]);
        AssertExplained(CommandRun.Of("solve", _folder.PathOf("none.yaml")), ["none.yaml", "not found"]);
        AssertExplained(CommandRun.Of("solve", _folder.PathOf("folder.map")), ["folder.map"]);
        AssertExplained(CommandRun.Of("solve", _folder.Path), ["folder", ".map"]);
    }

    [Fact]
    public void An_empty_name_is_explained_in_one_line()
    {
        AssertExplained(CommandRun.Of("solve", ""), ["''", "crowd-grid", ".yaml"]);
        AssertExplained(CommandRun.Of("solve", "crowd-grid", "--out", ""), ["--out is empty", "folder"]);
        AssertExplained(CommandRun.Of("certify", ""), ["run folder"]);
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_refused_and_the_file_kept()
    {
        var file = _folder.Write("taken", "mine");

        AssertExplained(CommandRun.Of("solve", "crowd-grid", "--out", file), ["taken", "is a file", "folder"]);
        AssertExplained(CommandRun.Of("solve", "crowd-grid", "--out", Path.Combine(file, "run")), ["taken", "folder"]);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void An_output_folder_with_another_run_is_refused_and_the_run_kept()
    {
        var folder = _folder.PathOf("run");
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", folder).Code);
        var before = Contents(folder);

        var run = CommandRun.Of("solve", "crowd-grid", "--out", folder, "--game", "slip=0.2");

        AssertExplained(run, ["run", "another run"]);
        Assert.Equal(before, Contents(folder));
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", folder).Code);
    }

    [Fact]
    public void A_read_only_output_folder_is_refused()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "an administrator may write everywhere");
        var locked = Directory.CreateDirectory(_folder.PathOf("locked"));
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("folders have no write permission to take away");
        }
        else
        {
            locked.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        }

        AssertExplained(
            CommandRun.Of("solve", "crowd-grid", "--out", locked.FullName),
            ["locked", "cannot be written"]
        );
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertExplained(CommandRun run, string[] words)
    {
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.StartsWith("meanfield: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(Environment.NewLine, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.ErrorLine);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
    }

    private static string Contents(string folder) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(folder)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file} {Encoding.Latin1.GetString(File.ReadAllBytes(file))}")
        );
}
