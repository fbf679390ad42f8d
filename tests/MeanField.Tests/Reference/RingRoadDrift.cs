using MeanField.Games;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Tests.Reference;

/// <summary>
/// The ring road of SemiSGD (https://github.com/zcysxy/SemiSGD, main.m): 50 cells and speeds, a limit and a desired speed that falls with the crowd. Its
/// published runs move without chance, carrying fractions of cells along; this is that simulator, and the game whose cars move on average as fast.
/// </summary>
internal sealed class RingRoadDrift : IGenerativeModel
{
    public const int Cells = 50;
    private double _position;

    /// <summary>A car at speed v is in the next cell with probability v.</summary>
    public static TabularGame Game { get; } =
        TabularGame.Create(
            new PopulationGame(
                (s, a, _) => [((s + 1) % Cells, Speed(a)), (s, 1 - Speed(a))],
                (s, a, mu) => Reward(s, a, mu[s]),
                Cells,
                Cells
            )
            {
                Discount = 1 - (1.0 / Cells),
                Coupling = MeanFieldCoupling.Rewards,
            }
        );

    public int StateCount => Cells;

    public double Discount => Game.Discount;

    public MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    public int ActionCount(int state) => Cells;

    public int Reset(ref RandomNumbers random)
    {
        var cell = random.NextBelow(Cells);
        _position = cell;
        return cell;
    }

    public SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random)
    {
        _position += Speed(action);
        var next = (int)Math.Round(_position, MidpointRounding.AwayFromZero) % Cells;
        return new SimulatedStep(next, Reward(state, action, meanField[state]));
    }

    private static double Speed(int action) => (action + 1.0) / Cells;

    // Cells count from 1 there.
    private static double Reward(int cell, int action, double share)
    {
        var limit = 0.2 * (Math.Sin(4 * Math.PI * (cell + 1) / Cells) + 2);
        var excess = Speed(action) - Math.Min(limit, 0.5 * (1 - (share * Cells / 3)));
        return -0.5 * excess * excess / Cells;
    }
}
