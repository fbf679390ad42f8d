using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// A beach with a bar in the middle, as a chain of states: r(x, a, μ) = −move cost · |a| − center attraction · (x − center)² − congestion · μ(x).
/// The reward falls with the crowd and so satisfies the Lasry-Lions condition: there is one equilibrium population.
/// </summary>
/// <remarks>
/// "Lasry-Lions" (beach bar) of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>lasry_lions_chain.py</c> and
/// <c>lasry_lions_chain.yaml</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>).
/// The reward uses the state that is left, as there; the center is (states − 1) / 2, between two states where their number is even.
/// </remarks>
public sealed class LasryLionsChain : MeanFieldGame<int, ChainMove>
{
    private readonly double _noise;
    private readonly double _moveCost;
    private readonly double _centerAttraction;
    private readonly double _congestion;

    private LasryLionsChain(ParameterValues values)
    {
        States = ChainWalk.States(values.WholeNumber("states"));
        Discount = values.Number("discount");
        _noise = values.Number("noise");
        _moveCost = values.Number("move-cost");
        _centerAttraction = values.Number("center-attraction");
        _congestion = values.Number("congestion");
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "lasry-lions",
            "A beach with a bar in the middle: everybody wants to be near it and away from each other.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration lasry_lions_chain.",
            [
                .. ChainWalk.Parameters,
                CommonParameters.Weight("move-cost", "2", "Cost of every action but stay."),
                CommonParameters.Weight("center-attraction", "3", "Cost of standing away, per squared distance."),
                CommonParameters.Weight("congestion", "40", "Cost of standing where everybody stands."),
            ],
            values => new LasryLionsChain(values)
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
    protected override double Reward(int state, ChainMove action, Population<int> population)
    {
        var distance = state - (0.5 * (States.Count - 1));
        return -ChainWalk.Cost(action, _moveCost)
            - (_centerAttraction * distance * distance)
            - (_congestion * population.Here);
    }

    /// <inheritdoc />
    protected override void AddOutcomes(
        int state,
        ChainMove action,
        Population<int> population,
        Outcomes<int> outcomes
    ) => ChainWalk.AddOutcomes(state, action, States.Count, _noise, outcomes);
}
