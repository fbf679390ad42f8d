namespace MeanField.Tests.Architecture;

/// <summary>The text rules themselves, on made-up sources.</summary>
public class LayerRulesTests
{
    [Theory]
    [InlineData("Solvers", "Equilibrium", true)]
    [InlineData("Equilibrium", "Solvers", false)]
    [InlineData("Equilibrium", "Markov", true)]
    [InlineData("Sampling", "Tabular", true)]
    [InlineData("Tabular", "Sampling", false)]
    [InlineData("Numerics", "Parameters", false)]
    [InlineData("Catalogue", "Games", true)]
    [InlineData("Catalogue", "Numerics", true)]
    [InlineData("Catalogue", "Tabular", false)]
    [InlineData("Solvers", "Catalogue", false)]
    [InlineData("Games", "Games", true)]
    [InlineData("", "Numerics", false)]
    public void A_folder_may_use_only_lower_ones(string folder, string used, bool allowed) =>
        Assert.Equal(allowed, LayerRules.MayUse(folder, used));

    [Theory]
    [InlineData("using MeanField.Solvers;", "Solvers")]
    [InlineData("using static MeanField.Solvers.Updates.Softmax;", "Solvers")]
    [InlineData("global using MeanField.Solvers;", "Solvers")]
    [InlineData("using S = MeanField.Solvers.MfTrpo;", "Solvers")]
    [InlineData("using S = global::MeanField.Solvers.MfTrpo;", "Solvers")]
    [InlineData("var s = new MeanField.Solvers.MfTrpo();", "Solvers")]
    [InlineData("var s = new Solvers.MfTrpo();", "Solvers")]
    [InlineData("int n = Solvers.Count;", "")]
    [InlineData("int n = iterate.MeanField.Solvers;", "")]
    [InlineData("// see MeanField.Solvers", "")]
    [InlineData("/// <see cref=\"MeanField.Solvers.MfTrpo\"/>", "")]
    [InlineData("/* using MeanField.Solvers; */ using MeanField.Games;", "Games")]
    [InlineData("using MeanField.Experiments;", "")]
    public void Every_way_to_name_a_layer_is_seen(string code, string expected)
    {
        IReadOnlySet<string> types = new HashSet<string>(StringComparer.Ordinal) { "MfTrpo" };
        Assert.Equal(expected, string.Join(' ', LayerRules.Mentions(code, _ => types)));
    }

    [Fact]
    public void A_global_using_is_seen()
    {
        Assert.True(LayerRules.HasGlobalUsing("global using static MeanField.Games.X;"));
        Assert.False(LayerRules.HasGlobalUsing("global using System.Numerics;"));
    }
}
