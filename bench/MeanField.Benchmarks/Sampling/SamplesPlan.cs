namespace MeanField.Benchmarks.Sampling;

/// <summary>How much the command <c>samples</c> measures.</summary>
/// <param name="Seeds">Seeds 1 to this number.</param>
/// <param name="Temperatures">η.</param>
/// <param name="Accuracies">ε, largest first.</param>
/// <param name="FineAccuracies">Further ε for anytime methods, largest first.</param>
/// <param name="Budgets">n.</param>
/// <param name="Limit">Samples after which a method that did not reach its accuracy is given up.</param>
/// <param name="AnytimeLimit">The same for anytime methods with roll-outs, whose runs all go on up to it.</param>
/// <param name="ModelLimit">The same for the model.</param>
/// <param name="LargestModelBudget">The largest of the budgets that the model is given.</param>
internal sealed record SamplesPlan(
    int Seeds,
    IReadOnlyList<double> Temperatures,
    IReadOnlyList<double> Accuracies,
    IReadOnlyList<double> FineAccuracies,
    IReadOnlyList<double> Budgets,
    double Limit,
    double AnytimeLimit,
    double ModelLimit,
    double LargestModelBudget
)
{
    /// <summary>The whole table.</summary>
    public static SamplesPlan Full { get; } =
        new(
            10,
            [0.3, 0.05],
            [0.5, 0.2, 0.1, 0.05, 0.02, 0.01],
            [0.005, 0.002, 0.001],
            [1250, 12_500, 30_000, 60_000, 125_000, 1_250_000, 12_500_000, 125_000_000],
            Limit: 5e8,
            AnytimeLimit: 1e8,
            ModelLimit: 1e6,
            LargestModelBudget: 1_250_000
        );

    /// <summary>A look at it.</summary>
    public static SamplesPlan Quick { get; } =
        Full with
        {
            Seeds = 3,
            FineAccuracies = [],
            Budgets = [1250, 12_500, 125_000, 1_250_000],
            Limit = 4e7,
            AnytimeLimit = 3e6,
            ModelLimit = 1e5,
        };

    /// <summary>Samples after which a method is given up.</summary>
    public double LimitOf(SampleVariant variant) =>
        variant == SampleVariant.Model ? ModelLimit
        : variant.IsAnytime ? AnytimeLimit
        : Limit;
}
