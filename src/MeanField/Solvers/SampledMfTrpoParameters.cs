using MeanField.Parameters;
using MeanField.Sampling;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>The options of sample-based MF-TRPO as they are named on the command line and in files.</summary>
public static class SampledMfTrpoParameters
{
    private const string Auto = "auto";
    private static readonly string[] ModelOnly = ["evaluation-tolerance"];

    /// <summary>All options, those that the exact solver has too first.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        .. MfTrpoOptions.Descriptions.Where(option => !ModelOnly.Contains(option.Name)).Select(Shared),
        new(
            "trajectories",
            ParameterKind.WholeNumber,
            Auto,
            "N: trajectories an inner iteration, or an outer one for estimator model; auto: 200 a pair, or one step a pair and 5 % of all samples so far (ours)."
        )
        {
            Minimum = 1,
            Choices = [Auto],
        },
        new(
            "horizon",
            ParameterKind.WholeNumber,
            Auto,
            "Steps of a roll-out after its first: a number, theory (log(8 r/eps)/(1 - discount)) or geometric (unbiased); auto: 0 for estimator model, else theory."
        )
        {
            Minimum = 0,
            Maximum = RolloutHorizon.Longest,
            Choices = [Auto, "theory", "geometric"],
        },
        new(
            "estimator",
            ParameterKind.Choice,
            Auto,
            "Action values from importance weights, sample means, or a model of all steps seen (ours); auto: model, or importance when faithful."
        )
        {
            Choices = [Auto, "importance", "mean", "model"],
        },
        Ternary(
            "control-variate",
            "Take the noise of the policy's own choices out of roll-outs, at no cost in samples (ours); auto: true, unless faithful or model."
        ),
        Ternary(
            "averaging",
            "Steps falling like 2/(n + 3), so that the last iterate averages all (ours); auto: true, unless faithful or model."
        ),
        new(
            "particles",
            ParameterKind.WholeNumber,
            Auto,
            "B: particles a population update, each costing M + 1 samples; 0: the model moves the population; auto: 0 for estimator model, else 100 a state."
        )
        {
            Minimum = 0,
            Choices = [Auto],
        },
        new(
            "restart",
            ParameterKind.Text,
            "uniform",
            "Law of restarts: uniform, mean-field, simulator, or weights as STATE:WEIGHT,... by state number."
        ),
        new(
            "sample-budget",
            ParameterKind.Number,
            "0",
            "Samples (resets and steps) at most, never exceeded; 0: 200 a state-action pair for estimator model, else no limit (ours)."
        )
        {
            Minimum = 0,
            Maximum = 1e15,
        },
        new(
            "faithful",
            ParameterKind.Switch,
            "false",
            "The published algorithm: importance weights, cold starts, particles, no reuse; costs orders of magnitude more samples."
        ),
    ];

    /// <summary>Reads options from checked values.</summary>
    /// <exception cref="ParameterException">Options that are each in range contradict each other, or restart weights are malformed.</exception>
    public static SampledMfTrpoOptions FromParameters(ParameterValues values)
    {
        var rule = FixedRule.Of(values);
        FixedRule.Check("mf-trpo-sampled", values, rule);
        var defaults = new SampledMfTrpoOptions();
        var (restart, weights) = RestartText.Read("solver mf-trpo-sampled", values.Text("restart"));
        var given = new SampledMfTrpoOptions
        {
            Temperature = values.Number("temperature"),
            InnerIterations = values.WholeNumber("inner-iterations"),
            StepRule = MfTrpoOptions.ReadStepRule(rule),
            StepConstant = Number(values, "step-constant") ?? defaults.StepConstant,
            KlRadius = Number(values, "kl-radius") ?? defaults.KlRadius,
            PopulationStep = values.Number("population-step"),
            PopulationStepDecay = values.Number("population-step-decay"),
            TransitionSteps = WholeNumber(values, "transition-steps"),
            WarmStart = Flag(values, "warm-start"),
            Trajectories = WholeNumber(values, "trajectories"),
            Horizon = values.Text("horizon") switch
            {
                Auto => null,
                "theory" => RolloutHorizon.Theory,
                "geometric" => RolloutHorizon.Geometric,
                _ => RolloutHorizon.Fixed(values.WholeNumber("horizon")),
            },
            Estimator = values.Text("estimator") switch
            {
                "importance" => ActionValueEstimator.Importance,
                "mean" => ActionValueEstimator.Mean,
                "model" => ActionValueEstimator.Model,
                _ => null,
            },
            ControlVariate = Flag(values, "control-variate"),
            Averaging = Flag(values, "averaging"),
            Particles = WholeNumber(values, "particles"),
            Restart = restart,
            RestartWeights = weights,
            SampleBudget = SampleBudget(values),
            Faithful = values.Switch("faithful"),
        };
        var options = SolverOptions.ReadLimits(values, given);
        if (options.Contradiction is var (option, _, allowed))
        {
            var name = option == nameof(SampledMfTrpoOptions.RestartWeights) ? "restart" : NameOf(option);
            throw Refused(name, values.Text(name), allowed);
        }

        return options;
    }

    /// <summary>Solves a game with checked options.</summary>
    /// <exception cref="ParameterException">Options contradict each other, are malformed, or do not fit the game.</exception>
    public static Solution Solve(TabularGame game, ParameterValues values, SolveContext context)
    {
        var options = FromParameters(values);
        SampledMfTrpo solver;
        try
        {
            solver = new SampledMfTrpo(game, options, context);
        }
        catch (ArgumentException e)
        {
            throw new ParameterException($"solver mf-trpo-sampled: {e.Message}", e);
        }

        using (solver)
        {
            return solver.Run();
        }
    }

    // The exact solver's option, with the default that suits samples.
    private static ParameterDescription Shared(ParameterDescription option) =>
        option.Name switch
        {
            "tolerance" => option with
            {
                Default = "0.01",
                Summary = "Certified regularised exploitability to reach; 0: go on until another limit (ours).",
            },
            "step-rule" => option with
            {
                Default = Auto,
                Choices = [Auto, .. option.Choices],
                Summary = $"{option.Summary[..^1]}; auto: that of a constant or radius that is given, else paper.",
            },
            "step-constant" or "kl-radius" => option with
            {
                Default = Auto,
                Choices = [Auto],
                Summary = $"{option.Summary[..^1]}; auto: {option.Default}.",
            },
            "transition-steps" => option with
            {
                Default = Auto,
                Summary =
                    "Steps M of the population in an outer iteration; auto: the stationary law of the model, 10 for particles.",
                Choices = [Auto],
            },
            "warm-start" => Ternary(
                option.Name,
                "Go on from the last policy (ours) or restart from uniform; auto: true, unless faithful."
            ),
            _ => option,
        };

    private static ParameterDescription Ternary(string name, string summary) =>
        new(name, ParameterKind.Choice, Auto, summary) { Choices = [Auto, "true", "false"] };

    private static double? Number(ParameterValues values, string name) =>
        values.Text(name) == Auto ? null : values.Number(name);

    private static int? WholeNumber(ParameterValues values, string name) =>
        values.Text(name) == Auto ? null : values.WholeNumber(name);

    private static bool? Flag(ParameterValues values, string name) =>
        values.Text(name) == Auto ? null : values.Text(name) == "true";

    // ControlVariate is control-variate.
    private static string NameOf(string option) =>
        string.Concat(
            option.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString())
        );

    private static ParameterException Refused(string name, string found, string allowed) =>
        new($"solver mf-trpo-sampled: '{name}' is '{found}', allowed is {allowed}");

    private static long SampleBudget(ParameterValues values)
    {
        var budget = values.Number("sample-budget");
        return double.IsInteger(budget)
            ? (long)budget
            : throw Refused("sample-budget", values.Text("sample-budget"), "a whole number");
    }
}
