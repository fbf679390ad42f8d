using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>The law that trajectories start from: uniform, given by weights, or the simulator's own. Safe to share between threads once built.</summary>
internal sealed class RestartLaw
{
    // Step 0 of a trajectory: draw 0 is for its length, draw 1 for its start; a simulator's own reset takes what follows.
    private const uint StartDraw = 1;
    private const uint SimulatorDraw = 2;

    private readonly IGenerativeModel _model;
    private double[] _thresholds = [];
    private int[] _aliases = [];

    private RestartLaw(IGenerativeModel model, bool asksSimulator)
    {
        _model = model;
        AsksSimulator = asksSimulator;
    }

    /// <summary>Whether a draw is a call of the simulator.</summary>
    public bool AsksSimulator { get; }

    /// <summary>Every state alike.</summary>
    public static RestartLaw Uniform(IGenerativeModel model) => new(model, asksSimulator: false);

    /// <summary>What <see cref="IGenerativeModel.Reset"/> draws.</summary>
    public static RestartLaw OfSimulator(IGenerativeModel model) => new(model, asksSimulator: true);

    /// <summary>States in proportion to weights.</summary>
    /// <param name="model">The simulator.</param>
    /// <param name="weights">Length S, non-negative with a positive sum; read here only.</param>
    public static RestartLaw Weighted(IGenerativeModel model, ReadOnlySpan<double> weights)
    {
        var law = new RestartLaw(model, asksSimulator: false);
        law.MoveTo(weights);
        return law;
    }

    /// <summary>Changes the weights.</summary>
    public void MoveTo(ReadOnlySpan<double> weights)
    {
        if (_thresholds.Length == 0)
        {
            _thresholds = new double[weights.Length];
            _aliases = new int[weights.Length];
        }

        AliasTable.Build(weights, _thresholds, _aliases, new int[weights.Length]);
    }

    /// <summary>The state where a trajectory starts.</summary>
    /// <exception cref="SimulatorException">The simulator failed, or drew no state.</exception>
    public int Draw(ulong key, ulong trajectory)
    {
        if (AsksSimulator)
        {
            return Reset(key, trajectory);
        }

        var uniform = Philox.Uniform(Philox.Block(key, StartDraw, trajectory).First);
        return _thresholds.Length == 0
            ? (int)(uniform * _model.StateCount)
            : AliasTable.Draw(uniform, _thresholds, _aliases);
    }

    private int Reset(ulong key, ulong trajectory)
    {
        var random = new RandomNumbers(key, step: 0, trajectory, SimulatorDraw);
        int state;
        try
        {
            state = _model.Reset(ref random);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new SimulatorException(
                $"The simulator's reset threw {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} (trajectory {trajectory})",
                e
            );
        }

        return (uint)state < (uint)_model.StateCount
            ? state
            : throw new SimulatorException(
                $"The simulator's reset gave state {state}; allowed: 0 to {_model.StateCount - 1} (trajectory {trajectory})"
            );
    }
}
