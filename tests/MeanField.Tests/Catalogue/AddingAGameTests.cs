using System.Text.RegularExpressions;
using MeanField.Catalogue;
using MeanField.Tests.Architecture;

namespace MeanField.Tests.Catalogue;

/// <summary>The guide to adding a game shows files that are compiled and tested here.</summary>
public partial class AddingAGameTests
{
    private static readonly string Guide = File.ReadAllText(RepositoryRoot.Combine("docs/adding-a-game.md"))
        .ReplaceLineEndings("\n");

    public static TheoryData<string> Rules => [.. GameContract.Rules.Keys];

    [Theory]
    [InlineData("FishPonds")]
    [InlineData("FishPondsTests")]
    public void The_guide_shows_the_file_that_is_compiled(string name)
    {
        var shown = CSharpBlock().Matches(Guide).Select(match => match.Groups["code"].Value);
        var compiled = File.ReadAllText(RepositoryRoot.Combine($"tests/MeanField.Tests/Catalogue/{name}.cs"));
        Assert.Single(shown, code => code == compiled.ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_example_keeps_every_rule_and_the_guide_names_it(string rule)
    {
        GameContract.Rules[rule](FishPonds.Definition);
        Assert.Contains($"- {rule}.\n", Guide, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();
}
