using System.Globalization;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Tests.Reference;

/// <summary>Games of the catalogue by their parameters, and what the references say of them.</summary>
internal static class CatalogueGames
{
    public static IMeanFieldGame Create(GameDefinition entry, params (string Name, object Value)[] parameters) =>
        entry.Create(
            ParameterValues.Create(
                $"game {entry.Name}",
                entry.Parameters,
                parameters.Select(p =>
                    KeyValuePair.Create(p.Name, string.Create(CultureInfo.InvariantCulture, $"{p.Value}"))
                )
            )
        );

    /// <summary>P(· | s, a, μ) by state number; at the uniform mean field where none is given.</summary>
    public static double[] Row(IMeanFieldGame game, int state, int action, double[]? meanField = null)
    {
        var row = new TransitionRow();
        game.AddTransitions(state, action, meanField ?? Grids.Uniform(game), row);
        var dense = new double[game.StateCount];
        foreach (var (successor, probability) in row.Entries)
        {
            dense[successor] += probability;
        }

        return dense;
    }

    /// <summary>What the references say of a pair: ‖μ − μ P‖₁, Σ μ (V* − V), and V by state.</summary>
    /// <param name="game">The game.</param>
    /// <param name="meanField">μ.</param>
    /// <param name="policy">π by state and action.</param>
    public static (double Residual, double Exploitability, double[] Values) Judge(
        IMeanFieldGame game,
        double[] meanField,
        double[][] policy
    )
    {
        var dense = DenseMdp.At(game, meanField);
        var exact = policy.Select(row => DecimalMath.From(row)).ToArray();
        var pushed = DenseChain.Push(dense.Chain(exact), dense.MeanField);
        return (
            (double)pushed.Zip(dense.MeanField, (p, m) => Math.Abs(p - m)).Sum(),
            (double)dense.Exploitability(exact, 0),
            [.. dense.PolicyValues(exact, 0).Select(v => (double)v)]
        );
    }

    /// <summary>The policy that takes one action in each state.</summary>
    public static double[][] Pure(IMeanFieldGame game, Func<int, int> action) =>
        [
            .. Enumerable
                .Range(0, game.StateCount)
                .Select(s =>
                {
                    var row = new double[game.ActionCount(s)];
                    row[action(s)] = 1;
                    return row;
                }),
        ];

    /// <summary>The refusal of a parameter, which a game words in full.</summary>
    public static string Refusal(GameDefinition entry, string name, object value) =>
        Assert.Throws<ParameterException>(() => Create(entry, (name, value))).Message;

    public static Func<double, double, bool> Within(double tolerance) => (x, y) => Math.Abs(x - y) <= tolerance;
}
