using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>A sampler with everything around it, and the scalar reference on the same game, policy and mean field.</summary>
internal sealed class SamplerCase : IDisposable
{
    public const ulong Key = 20250711;
    public const decimal Temperature = 0.3m;

    private readonly ThreadTeam _team;
    private readonly ScalarTrajectories.Answer _answer;

    /// <summary>A case of a kernel, known or behind a simulator.</summary>
    public SamplerCase(IMeanFieldGame game, bool isKnown = true, int threads = 1, double[]? meanField = null)
        : this(threads, Kernel(game, isKnown, meanField ?? Shares(game.StateCount)))
    {
        _answer = isKnown
            ? ScalarTrajectories.Drawing(game, Key, MeanField)
            : ScalarTrajectories.Asking(Simulator.Model, Key, MeanField);
    }

    /// <summary>A case of a user's simulator.</summary>
    public SamplerCase(IGenerativeModel model, int threads = 1)
        : this(threads, (new GenerativeBatch(model), Shares(model.StateCount))) =>
        _answer = ScalarTrajectories.Asking(model, Key, MeanField);

    private SamplerCase(int threads, (IBatchSimulator Simulator, double[] MeanField) parts)
    {
        (Simulator, MeanField) = parts;
        _answer = (_, _, _, _) => default;
        _team = new ThreadTeam(threads);
        Simulator.MoveTo(MeanField, _team);
        var offsets = Simulator.PairOffsets;
        var random = new Random(2);
        Policy =
        [
            .. Enumerable
                .Range(0, offsets.Length - 1)
                .SelectMany(s => RandomInputs.Law(offsets[s + 1] - offsets[s], random)),
        ];
        Sampled = new SampledPolicy(offsets, _team);
        Sampled.Update(Policy, Array.ConvertAll(Policy, Math.Log), (double)Temperature);
        Sampler = new TrajectorySampler(Simulator, Sampled, _team);
    }

    /// <summary>What trajectories can be asked to do: to draw states and roll out, cut at a horizon or not, to move particles, to compare policies.</summary>
    public static IReadOnlyList<string> PlanNames { get; } =
    ["truncated", "unbiased", "one step", "particles", "placed only", "evaluation"];

    public IBatchSimulator Simulator { get; }

    public SampledPolicy Sampled { get; }

    public TrajectorySampler Sampler { get; }

    public double[] Policy { get; }

    public double[] MeanField { get; }

    public TrajectoryPlan Plan(string name)
    {
        var model = Simulator.Model;
        var plan = new TrajectoryPlan
        {
            Start = RestartLaw.Weighted(model, MeanField),
            Discount = model.Discount,
            LongestDraw = int.MaxValue,
        };
        return name switch
        {
            "truncated" => plan with { LongestDraw = 5, Horizon = 5 },
            "unbiased" => plan with { Start = RestartLaw.Uniform(model) },
            "one step" => plan with { Start = RestartLaw.OfSimulator(model), Horizon = 0 },
            "particles" => plan with { LongestDraw = 4, HasFixedDraw = true, HasRollout = false },
            "placed only" => plan with { LongestDraw = 0, HasFixedDraw = true, HasRollout = false },
            _ => plan with { LongestDraw = 0, HasUniformFirstAction = false },
        };
    }

    public ScalarTrajectory[] Reference(TrajectoryPlan plan, long first, int count)
    {
        var scalar = new ScalarTrajectories
        {
            Plan = plan,
            Key = Key,
            PairOffsets = Simulator.PairOffsets,
            Policy = Policy,
            Bonus = Sampled.Bonus,
            Simulator = _answer,
        };
        return [.. Enumerable.Range(0, count).Select(i => scalar.Run((ulong)first + (ulong)i))];
    }

    public void Dispose() => _team.Dispose();

    private static double[] Shares(int states) => RandomInputs.Law(states, new Random(6));

    private static (IBatchSimulator Simulator, double[] MeanField) Kernel(
        IMeanFieldGame game,
        bool isKnown,
        double[] meanField
    )
    {
        var tabular = TabularGame.Create(game);
        var simulator = new TabularSimulator(tabular);
        return (
            isKnown
                ? new TabularBatch(simulator, FrozenMdp.Create(tabular, Grids.Uniform(game)))
                : new GenerativeBatch(simulator),
            meanField
        );
    }
}
