using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Tests.Reference;

/// <summary>A simulator given by functions, right or wrong.</summary>
internal sealed class ScriptedSimulator : IGenerativeModel
{
    public delegate int ResetRule(ref RandomNumbers random);

    public delegate SimulatedStep StepRule(
        int state,
        int action,
        ReadOnlySpan<double> meanField,
        ref RandomNumbers random
    );

    public int StateCount { get; init; } = 3;

    public double Discount { get; init; } = 0.9;

    public MeanFieldCoupling Coupling { get; init; } = MeanFieldCoupling.RewardsAndTransitions;

    public Interval RewardRange { get; init; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public bool HasRandomRewards { get; init; }

    public Func<int, int> Actions { get; init; } = _ => 2;

    public ResetRule OnReset { get; init; } = (ref random) => random.NextBelow(3);

    public StepRule OnStep { get; init; } =
        (state, action, _, ref random) => new(random.NextBelow(3), state + (0.1 * action));

    public int ActionCount(int state) => Actions(state);

    public int Reset(ref RandomNumbers random) => OnReset(ref random);

    public SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random) =>
        OnStep(state, action, meanField, ref random);

    public string StateName(int state) => $"s{state}";

    public string ActionName(int state, int action) => $"a{action}";
}
