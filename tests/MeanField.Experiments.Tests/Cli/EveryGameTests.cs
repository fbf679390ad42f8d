using MeanField.Catalogue;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>What the command does with any game. A new catalogue entry is tested by being listed.</summary>
public sealed class EveryGameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. GameCatalogue.All.Select(entry => entry.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_game_is_solved_certified_and_reported_under_its_name(string name)
    {
        var path = _folder.PathOf(name);
        var report = Path.Combine(path, "report.html");
        var solved = CommandRun.Of("solve", name, "--set", "outer-iterations=3", "--out", path);
        Assert.True(solved.Code is 0 or 3, solved.Error);
        Assert.NotEmpty(File.ReadAllText(report));

        var certified = CommandRun.Of("certify", path);
        Assert.Equal(0, certified.Code);
        Assert.Contains("Holds", certified.Out, StringComparison.Ordinal);

        File.Delete(report);
        Assert.Equal(0, CommandRun.Of("report", path).Code);
        var page = File.ReadAllText(report);
        Assert.Contains($"<h1>{name} ", page, StringComparison.Ordinal);
        Assert.Contains("id=\"mean-field\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot create the game", page, StringComparison.Ordinal);

        var entry = GameCatalogue.Find(name)!;
        Assert.All(
            entry.Parameters,
            parameter => Assert.Contains($"<th scope=\"row\">{parameter.Name}", page, StringComparison.Ordinal)
        );
    }
}
