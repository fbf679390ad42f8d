using System.Globalization;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// Cars on a ring road of S cells that choose their speed v: r(s, v, μ) = −(v − min(b(s), free speed · (1 − S μ(s) / jam density)))² / (2 S), where
/// b(s) = limit mean + limit swing · sin(2π · limit waves · s / S) is the speed limit. A car at speed v is in the next cell after a
/// step with probability v.
/// </summary>
/// <remarks>
/// Ring road speed control of SemiSGD, <see href="https://github.com/zcysxy/SemiSGD"/>, <c>main.m</c> (Zhang, Chen, Di, ICLR 2025,
/// <see href="https://arxiv.org/abs/2408.08192">arXiv 2408.08192</see>): the rewards marked there as the ones to use, its stochastic moves and
/// discount 1 − 1/S. Its deterministic moves carry a fraction of a cell from step to step and are no Markov chain on the cells. Cells are counted from
/// 0 here and from 1 there: our cell 0 is their cell S. The crowd changes the desired speed of a cell, never the moves.
/// </remarks>
public sealed class RingRoad : MeanFieldGame<int, int>
{
    private readonly int[] _speeds;
    private readonly double[] _limits;
    private readonly double _freeSpeed;
    private readonly double _jamDensity;

    private RingRoad(ParameterValues values)
    {
        var cells = values.WholeNumber("cells");
        var (mean, swing) = (values.Number("limit-mean"), values.Number("limit-swing"));
        var waves = values.WholeNumber("limit-waves");
        States = [.. Enumerable.Range(0, cells)];
        _limits = [.. States.Select(s => mean + (swing * Math.Sin(2 * Math.PI * waves * s / cells)))];
        _speeds = [.. Enumerable.Range(1, values.WholeNumber("speeds"))];
        _freeSpeed = values.Number("free-speed");
        _jamDensity = values.Number("jam-density");
        Discount = values.Number("discount");
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "ring-road",
            "Cars on a ring road that keep to a speed limit and slow down where it is crowded.",
            "SemiSGD (Zhang, Chen, Di, ICLR 2025, arXiv 2408.08192), main.m, with stochastic moves.",
            [
                CommonParameters.Count("cells", "50", 2, 10_000, "Cells of the ring."),
                CommonParameters.Count("speeds", "50", 1, 1000, "Speeds, evenly spaced up to 1 cell a step, above 0."),
                CommonParameters.Weight("limit-mean", "0.4", "Speed limit, mean over the ring."),
                CommonParameters.Weight(
                    "limit-swing",
                    "0.2",
                    "How far the speed limit rises and falls about its mean."
                ),
                CommonParameters.Count("limit-waves", "2", 0, 100_000, "How often it does so round the ring."),
                CommonParameters.Weight("free-speed", "0.5", "Speed that is desired on an empty road."),
                new(
                    "jam-density",
                    ParameterKind.Number,
                    "3",
                    "Density at which the desired speed is 0, in multiples of the mean density."
                )
                {
                    Minimum = 1e-6,
                    Maximum = 1e9,
                },
                CommonParameters.Discount with
                {
                    Default = "0.98",
                },
            ],
            values => new RingRoad(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <inheritdoc />
    public override IReadOnlyList<int> States { get; }

    /// <summary>The speeds, in units of 1 / (number of speeds).</summary>
    public override IReadOnlyList<int> ActionsIn(int state) => _speeds;

    /// <inheritdoc />
    public override string StateName(int state) => string.Create(CultureInfo.InvariantCulture, $"cell {state}");

    /// <inheritdoc />
    public override string ActionName(int state, int action) =>
        string.Create(CultureInfo.InvariantCulture, $"speed {Speed(_speeds[action])}");

    /// <inheritdoc />
    protected override double Reward(int state, int action, Population<int> population)
    {
        var crowded = _freeSpeed * (1 - (States.Count * population.Here / _jamDensity));
        var excess = Speed(action) - Math.Min(_limits[state], crowded);
        return -excess * excess / (2 * States.Count);
    }

    /// <inheritdoc />
    protected override void AddOutcomes(int state, int action, Population<int> population, Outcomes<int> outcomes)
    {
        outcomes.Add((state + 1) % States.Count, Speed(action));
        outcomes.Add(state, 1 - Speed(action));
    }

    private double Speed(int action) => (double)action / _speeds.Length;
}
