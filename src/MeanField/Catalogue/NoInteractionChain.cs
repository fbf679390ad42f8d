using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// A chain whose walkers do not see each other: r(x, a) = x − move cost · |a|. An ordinary Markov decision process, for checking a solver where
/// there is nothing to learn about the population.
/// </summary>
/// <remarks>
/// "No interaction" (move forward) of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>no_interaction.py</c> and
/// <c>no_interaction_game.yaml</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>).
/// The reward counts states from 0 and uses the state that is left, as there. Values are of infinite horizon, where theirs stop after 99 steps.
/// </remarks>
public sealed class NoInteractionChain : MeanFieldGame<int, ChainMove>
{
    private readonly double _noise;
    private readonly double _moveCost;

    private NoInteractionChain(ParameterValues values)
    {
        States = ChainWalk.States(values.WholeNumber("states"));
        Discount = values.Number("discount");
        _noise = values.Number("noise");
        _moveCost = values.Number("move-cost");
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "no-interaction-chain",
            "Walkers on a chain who are paid more the farther right they stand and do not see each other.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration no_interaction_game.",
            [.. ChainWalk.Parameters, CommonParameters.Weight("move-cost", "0.1", "Cost of every action but stay.")],
            values => new NoInteractionChain(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.None;

    /// <inheritdoc />
    public override IReadOnlyList<int> States { get; }

    /// <inheritdoc />
    public override IReadOnlyList<ChainMove> ActionsIn(int state) => ChainWalk.Moves;

    /// <inheritdoc />
    protected override double Reward(int state, ChainMove action, Population<int> population) =>
        state - ChainWalk.Cost(action, _moveCost);

    /// <inheritdoc />
    protected override void AddOutcomes(
        int state,
        ChainMove action,
        Population<int> population,
        Outcomes<int> outcomes
    ) => ChainWalk.AddOutcomes(state, action, States.Count, _noise, outcomes);
}
