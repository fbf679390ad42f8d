using MeanField.Tabular;

namespace MeanField.Diagnostics;

/// <summary>How hard violations of A-2 are looked for, less on larger games (ours).</summary>
/// <param name="RandomLaws">Random laws.</param>
/// <param name="Derivatives">Laws at which the derivative is taken.</param>
/// <param name="Dimension">Products with each derivative, at most.</param>
/// <param name="PathLimit">Steps of the damped iteration, at most.</param>
/// <param name="Refinements">Times that the derivative is taken again in the middle of the best pair.</param>
internal sealed record SearchEffort(int RandomLaws, int Derivatives, int Dimension, int PathLimit, int Refinements)
{
    /// <summary>States beyond which nothing is searched twice.</summary>
    public const int LargestWhole = 2000;

    public static SearchEffort Of(TabularGame game, DoctorOptions options)
    {
        var usual = game.StateCount switch
        {
            <= 32 => new SearchEffort(40, 16, 31, 400, 4),
            <= 128 => new SearchEffort(30, 8, 127, 300, 3),
            <= LargestWhole => new SearchEffort(24, 8, 60, 200, 2),
            <= 20_000 => new SearchEffort(12, 4, 40, 100, 1),
            _ => new SearchEffort(8, 2, 30, 40, 1),
        };
        return usual with
        {
            RandomLaws = options.RandomLaws ?? usual.RandomLaws,
            Derivatives = options.Derivatives ?? usual.Derivatives,
        };
    }

    /// <summary>The effort of a second opinion at another temperature.</summary>
    public SearchEffort Reduced() =>
        this with
        {
            RandomLaws = Math.Min(RandomLaws, 8),
            Derivatives = Math.Min(Derivatives, 4),
            Dimension = Math.Min(Dimension, 40),
            Refinements = Math.Min(Refinements, 2),
        };
}
