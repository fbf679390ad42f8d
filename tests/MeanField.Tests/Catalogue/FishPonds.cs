using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// Anglers along a row of ponds, the next one always richer, who share what is caught: r(x, a, μ) = (x + 1) · (1 − crowding · μ(x)) − fuel · |a − x|. The
/// car to pond a starts with probability 1 − breakdown; otherwise one stays.
/// </summary>
/// <remarks>An example of this project's documentation; all constants are its own.</remarks>
public sealed class FishPonds : MeanFieldGame<int, int>
{
    private readonly double _crowding;
    private readonly double _fuel;
    private readonly double _breakdown;

    private FishPonds(ParameterValues values)
    {
        States = [.. Enumerable.Range(0, values.WholeNumber("ponds"))];
        Discount = values.Number("discount");
        _crowding = values.Number("crowding");
        _fuel = values.Number("fuel");
        _breakdown = values.Number("breakdown");
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "fish-ponds",
            "Anglers who choose among ponds and share what is caught.",
            "An example; all constants are this project's own.",
            [
                new("ponds", ParameterKind.WholeNumber, "5", "Ponds, numbered from 0.") { Minimum = 1, Maximum = 1000 },
                new("crowding", ParameterKind.Number, "1", "Share of the catch that is lost where everybody fishes.")
                {
                    Minimum = 0,
                    Maximum = 1,
                },
                new("fuel", ParameterKind.Number, "0.1", "Cost of driving to the next pond.")
                {
                    Minimum = 0,
                    Maximum = 1e9,
                },
                new("breakdown", ParameterKind.Number, "0.05", "Probability that the car does not start.")
                {
                    Minimum = 0,
                    Maximum = 1,
                },
                new("discount", ParameterKind.Number, "0.9", "Discount factor.")
                {
                    Minimum = 0,
                    MinimumExcluded = true,
                    Maximum = 1,
                    MaximumExcluded = true,
                },
            ],
            values => new FishPonds(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <summary>The ponds.</summary>
    public override IReadOnlyList<int> States { get; }

    /// <summary>The pond to drive to: any, also the one where one is.</summary>
    public override IReadOnlyList<int> ActionsIn(int state) => States;

    /// <inheritdoc />
    protected override double Reward(int state, int action, Population<int> population) =>
        ((state + 1) * (1 - (_crowding * population.Here))) - (_fuel * Math.Abs(action - state));

    /// <inheritdoc />
    protected override void AddOutcomes(int state, int action, Population<int> population, Outcomes<int> outcomes)
    {
        outcomes.Add(action, 1 - _breakdown);
        outcomes.Add(state, _breakdown);
    }
}
