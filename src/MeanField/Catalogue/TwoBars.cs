using System.Globalization;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// A beach with two bars whose guests like company, as a chain of states:
/// r(x, a, μ) = −move cost · |a| − distance cost · (steps to the nearest bar) + company · μ(x). Everybody at either bar is an equilibrium: there
/// are several.
/// </summary>
/// <remarks>
/// "Two beach bars" of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>multiple_equilibria.py</c> and
/// <c>multiple_equilibria.yaml</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>).
/// The reward uses the state that is left, as there.
/// </remarks>
public sealed class TwoBars : MeanFieldGame<int, ChainMove>
{
    private readonly double _noise;
    private readonly double _moveCost;
    private readonly double _company;
    private readonly double[] _distanceCosts;

    private TwoBars(ParameterValues values)
    {
        States = ChainWalk.States(values.WholeNumber("states"));
        Discount = values.Number("discount");
        _noise = values.Number("noise");
        _moveCost = values.Number("move-cost");
        _company = values.Number("company");
        var distanceCost = values.Number("distance-cost");
        int[] bars = [.. values.Text("targets").Split(';').Select(ParseBar)];
        _distanceCosts = [.. States.Select(state => distanceCost * bars.Min(bar => Math.Abs(state - bar)))];
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "two-bars",
            "A beach with two bars whose guests like company: which bar they meet at is a convention.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration multiple_equilibria.",
            [
                .. ChainWalk.Parameters,
                new("targets", ParameterKind.Text, "2;4", "The states with a bar, separated by semicolons."),
                CommonParameters.Weight("move-cost", "4", "Cost of every action but stay."),
                CommonParameters.Weight("distance-cost", "20", "Cost of standing away from a bar, per state."),
                CommonParameters.Weight("company", "5", "Reward for standing where everybody stands."),
            ],
            values => new TwoBars(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <inheritdoc />
    public override IReadOnlyList<int> States { get; }

    /// <inheritdoc />
    public override IReadOnlyList<ChainMove> ActionsIn(int state) => ChainWalk.Moves;

    /// <inheritdoc />
    protected override double Reward(int state, ChainMove action, Population<int> population) =>
        -ChainWalk.Cost(action, _moveCost) - _distanceCosts[state] + (_company * population.Here);

    /// <inheritdoc />
    protected override void AddOutcomes(
        int state,
        ChainMove action,
        Population<int> population,
        Outcomes<int> outcomes
    ) => ChainWalk.AddOutcomes(state, action, States.Count, _noise, outcomes);

    private int ParseBar(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var bar)
        && (uint)bar < (uint)States.Count
            ? bar
            : throw new ParameterException(
                $"two-bars: target '{text}' is no state; allowed: 0 to {States.Count - 1}, separated by semicolons"
            );
}
