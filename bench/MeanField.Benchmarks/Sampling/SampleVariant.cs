using System.Globalization;

namespace MeanField.Benchmarks.Sampling;

/// <summary>One way to take samples, as options of <c>mf-trpo-sampled</c> without tolerance and budget.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Rule">How N, roll-outs an inner iteration, and B, particles, depend on η and ε; empty for an anytime method, whose one setting serves
/// all ε: its answer gets better for as long as it runs.</param>
/// <param name="ToAccuracy">The options for a temperature and an accuracy.</param>
/// <param name="ToBudget">The options for a number of samples to spend, or <see langword="null"/> where the table has no such row.</param>
internal sealed record SampleVariant(
    string Name,
    string Rule,
    Func<double, double, string> ToAccuracy,
    Func<double, string>? ToBudget
)
{
    // What 30 outer iterations of 10 inner ones cost for each roll-out (about 105 samples) and particle (11).
    private const double SamplesPerRollout = 30 * ((10 * 105) + 11);

    // For methods that average all they see: one roll-out a pair of the 5 x 5 grid, and ten particles for each.
    private const double SmallBatch = 125;
    private const double SmallBatchParticles = 10;
    private const double SamplesPerSmallRollout = 30 * ((10 * 105) + (11 * SmallBatchParticles));

    /// <summary>The published algorithm, with as many roll-outs and particles as its theory asks for up to a constant that is ours.</summary>
    public static SampleVariant Faithful { get; } =
        new(
            "faithful",
            "N = B = (1.5/(ηε))²",
            (temperature, accuracy) => "faithful=true " + Batches(Math.Pow(1.5 / (temperature * accuracy), 2)),
            budget => "faithful=true " + Batches(budget / SamplesPerRollout)
        );

    /// <summary>The default: a model of all steps seen.</summary>
    public static SampleVariant Model { get; } = new("default (model)", "", (_, _) => "", _ => "");

    /// <summary>All that are compared, from the paper's to ours.</summary>
    public static IReadOnlyList<SampleVariant> All { get; } =
    [
        Faithful,
        new(
            "faithful",
            "N = B = 4/(η²ε)",
            (temperature, accuracy) => "faithful=true " + Batches(4 / (temperature * temperature * accuracy)),
            ToBudget: null
        ),
        WithControlVariate("estimator=importance control-variate=true averaging=false"),
        WithAveraging("averaging", "estimator=importance control-variate=false averaging=true"),
        WithAveraging("control variate and averaging", "estimator=importance control-variate=true averaging=true"),
        Model,
    ];

    /// <summary>Whether one setting serves all accuracies.</summary>
    public bool IsAnytime => Rule.Length == 0;

    /// <summary>The name, and the rule where there is one.</summary>
    public string Title => IsAnytime ? Name : $"{Name}, {Rule}";

    private static SampleVariant WithControlVariate(string options) =>
        new(
            "control variate",
            "N = B = 1/(η²ε)",
            (temperature, accuracy) => $"{options} {Batches(1 / (temperature * temperature * accuracy))}",
            budget => $"{options} {Batches(budget / SamplesPerRollout)}"
        );

    private static SampleVariant WithAveraging(string name, string options) =>
        new(
            name,
            "",
            (_, _) => $"{options} {Batches(SmallBatch, SmallBatchParticles)}",
            budget => $"{options} {Batches(Math.Min(SmallBatch, budget / SamplesPerSmallRollout), SmallBatchParticles)}"
        );

    private static string Batches(double rollouts, double particlesEach = 1)
    {
        var number = Math.Max(1, Math.Round(rollouts));
        return string.Create(CultureInfo.InvariantCulture, $"trajectories={number} particles={number * particlesEach}");
    }
}
