using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// Two states, to stay or to switch, and a crowd that is avoided: r(x, a, μ) = −switch cost · 1{switch} − congestion · μ(x). Moves succeed.
/// </summary>
/// <remarks>
/// "Contraction game" of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>contraction_game.py</c> and
/// <c>contraction_game.yaml</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>).
/// It is a contraction only where nobody ever switches: switching once gains γ · congestion · (μ(x) − μ(y)) / (1 − γ) − switch cost, so that needs
/// a switch cost above γ · congestion / (1 − γ), which is 18 here, and the published cost is 2. Staying is then an equilibrium at every μ
/// with |μ(0) − μ(1)| at most 1/9, each state a recurrent class of its own.
/// </remarks>
public sealed class ContractionGame : MeanFieldGame<int, bool>
{
    private readonly double _switchCost;
    private readonly double _congestion;

    private ContractionGame(ParameterValues values)
    {
        Discount = values.Number("discount");
        _switchCost = values.Number("switch-cost");
        _congestion = values.Number("congestion");
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "contraction",
            "Two places, one of them to be chosen away from the crowd, and a cost of changing over.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration contraction_game; not a contraction at the published switch cost.",
            [
                CommonParameters.Discount,
                CommonParameters.Weight("switch-cost", "2", "Cost of changing over."),
                CommonParameters.Weight("congestion", "2", "Cost of being where everybody is."),
            ],
            values => new ContractionGame(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <inheritdoc />
    public override IReadOnlyList<int> States { get; } = [0, 1];

    /// <summary>To stay (<see langword="false"/>) and to switch (<see langword="true"/>).</summary>
    public override IReadOnlyList<bool> ActionsIn(int state) => [false, true];

    /// <inheritdoc />
    public override string ActionName(int state, int action) => action == 0 ? "stay" : "switch";

    /// <inheritdoc />
    protected override double Reward(int state, bool action, Population<int> population) =>
        -(action ? _switchCost : 0) - (_congestion * population.Here);

    /// <inheritdoc />
    protected override void AddOutcomes(int state, bool action, Population<int> population, Outcomes<int> outcomes) =>
        outcomes.Add(action ? 1 - state : state, 1);
}
