using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;

namespace MeanField.Tests.Reference;

/// <summary>A simulator that counts every call and, where a test wants it to, answers something else than the one inside.</summary>
internal sealed class BlackBox(IGenerativeModel inner) : IGenerativeModel
{
    private long _resets;
    private long _steps;

    public BlackBox(IMeanFieldGame game)
        : this(new TabularSimulator(TabularGame.Create(game))) { }

    public long Resets => Interlocked.Read(ref _resets);

    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Takes the number of the call, from 1, state, action and answer, and gives another answer or throws.</summary>
    public Func<long, int, int, SimulatedStep, SimulatedStep>? OnStep { get; set; }

    /// <summary>Takes the number of the call, from 1, and the answer, and gives another answer or throws.</summary>
    public Func<long, int, int>? OnReset { get; set; }

    public Interval RewardRange { get; init; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public int StateCount => inner.StateCount;

    public double Discount => inner.Discount;

    public MeanFieldCoupling Coupling => inner.Coupling;

    public bool HasRandomRewards { get; init; }

    public int ActionCount(int state) => inner.ActionCount(state);

    public int Reset(ref RandomNumbers random)
    {
        var call = Interlocked.Increment(ref _resets);
        var state = inner.Reset(ref random);
        return OnReset?.Invoke(call, state) ?? state;
    }

    public SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random)
    {
        var call = Interlocked.Increment(ref _steps);
        var step = inner.Step(state, action, meanField, ref random);
        return OnStep?.Invoke(call, state, action, step) ?? step;
    }

    public string StateName(int state) => inner.StateName(state);

    public string ActionName(int state, int action) => inner.ActionName(state, action);
}
