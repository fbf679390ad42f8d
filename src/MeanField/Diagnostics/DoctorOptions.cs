using MeanField.Parameters;
using MeanField.Sampling;

namespace MeanField.Diagnostics;

/// <summary>What is examined, and how hard. Every default is this project's own.</summary>
public sealed record DoctorOptions
{
    private const string Stationary = "stationary";
    private const string Auto = "auto";

    /// <summary>η, the entropy weight of the best responses, greater than 0, at most 1e9. Default 0.05, that of MF-TRPO with fixed steps.</summary>
    public double Temperature { get; init; } = 0.05;

    /// <summary>M, at least 1, or <see langword="null"/> (default) for the stationary law itself, as MF-TRPO has it.</summary>
    public int? TransitionSteps { get; init; }

    /// <summary>ν of assumption A-4. Default <see cref="RestartKind.Uniform"/>, which is also what the simulator of a game with a kernel draws.</summary>
    public RestartKind Restart { get; init; } = RestartKind.Uniform;

    /// <summary>ν for <see cref="RestartKind.Given"/>: a non-negative weight for each state named, with a positive sum; the others have 0.</summary>
    public IReadOnlyDictionary<int, double> RestartWeights { get; init; } = new Dictionary<int, double>();

    /// <summary>ε, the exploitability for which horizon and samples are prescribed, greater than 0. Default 0.01.</summary>
    public double Target { get; init; } = 0.01;

    /// <summary>Random laws that pairs are made of, at least 0; <see langword="null"/> (default) is chosen by the size of the game.</summary>
    public int? RandomLaws { get; init; }

    /// <summary>Laws at which the derivative is taken, at least 0; <see langword="null"/> (default) is chosen by the size of the game.</summary>
    public int? Derivatives { get; init; }

    /// <summary>The options as they are named on the command line.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        new("temperature", ParameterKind.Number, "0.05", "Entropy weight eta of the best responses (ours).")
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1e9,
        },
        new(
            "transition-steps",
            ParameterKind.WholeNumber,
            Stationary,
            "Steps M of the population in an outer iteration, or stationary (M to infinity)."
        )
        {
            Minimum = 1,
            Choices = [Stationary],
        },
        new(
            "restart",
            ParameterKind.Text,
            "uniform",
            "Law of restarts nu: uniform, mean-field, simulator, or weights as STATE:WEIGHT,... by state number."
        ),
        new(
            "target",
            ParameterKind.Number,
            "0.01",
            "Exploitability that horizon and samples are prescribed for (ours)."
        )
        {
            Minimum = 0,
            MinimumExcluded = true,
        },
        new(
            "random-laws",
            ParameterKind.WholeNumber,
            Auto,
            "Random mean fields to make pairs of; auto: by size (ours)."
        )
        {
            Minimum = 0,
            Maximum = 10_000,
            Choices = [Auto],
        },
        new(
            "derivatives",
            ParameterKind.WholeNumber,
            Auto,
            "Mean fields at which the derivative is searched; auto: by size (ours)."
        )
        {
            Minimum = 0,
            Maximum = 10_000,
            Choices = [Auto],
        },
    ];

    /// <summary>Reads options from checked values.</summary>
    /// <exception cref="ParameterException">The restart law is malformed.</exception>
    public static DoctorOptions FromParameters(ParameterValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (restart, weights) = RestartText.Read("doctor", values.Text("restart"));
        return new DoctorOptions
        {
            Temperature = values.Number("temperature"),
            TransitionSteps = WholeNumber(values, "transition-steps", Stationary),
            Restart = restart,
            RestartWeights = weights,
            Target = values.Number("target"),
            RandomLaws = WholeNumber(values, "random-laws", Auto),
            Derivatives = WholeNumber(values, "derivatives", Auto),
        };
    }

    /// <summary>ν as one probability a state.</summary>
    /// <param name="meanField">μ by state, for <see cref="RestartKind.MeanField"/>.</param>
    internal double[] RestartLaw(double[] meanField)
    {
        var law = new double[meanField.Length];
        switch (Restart)
        {
            case RestartKind.MeanField:
                return meanField;
            case RestartKind.Given:
                var sum = RestartWeights.Values.Sum();
                foreach (var (state, weight) in RestartWeights)
                {
                    law[state] = weight / sum;
                }

                return law;
            default:
                Array.Fill(law, 1.0 / law.Length);
                return law;
        }
    }

    /// <summary>Refuses options that are out of their documented ranges or do not fit a game.</summary>
    /// <param name="states">S.</param>
    /// <exception cref="ArgumentException">The first option found wrong; the message says what was found and what is allowed.</exception>
    internal void Check(int states)
    {
        var sum = RestartWeights.Values.Sum();
        var isLaw =
            RestartWeights.All(pair => pair.Key >= 0 && pair.Key < states && pair.Value >= 0)
            && sum > 0
            && double.IsFinite(sum);
        Require(
            Restart == RestartKind.Given ? isLaw : Enum.IsDefined(Restart) && RestartWeights.Count == 0,
            nameof(RestartWeights),
            string.Join(',', RestartWeights.Select(pair => FormattableString.Invariant($"{pair.Key}:{pair.Value}"))),
            $"weights of at least 0, with a positive finite sum, for states 0 to {states - 1}, where Restart is Given; none elsewhere"
        );
        Require(Temperature is > 0 and <= 1e9, nameof(Temperature), Temperature, "greater than 0, at most 1e9");
        Require(TransitionSteps is null or >= 1, nameof(TransitionSteps), TransitionSteps, "at least 1, or null");
        Require(Target > 0 && double.IsFinite(Target), nameof(Target), Target, "a finite number greater than 0");
        Require(RandomLaws is null or >= 0, nameof(RandomLaws), RandomLaws, "at least 0, or null");
        Require(Derivatives is null or >= 0, nameof(Derivatives), Derivatives, "at least 0, or null");
    }

    private static int? WholeNumber(ParameterValues values, string name, string word) =>
        values.Text(name) == word ? null : values.WholeNumber(name);

    private static void Require(bool isAllowed, string name, object? found, string allowed)
    {
        if (!isAllowed)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} is {found}; allowed: {allowed}"));
        }
    }
}
