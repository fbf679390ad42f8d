using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// The options of exact MF-TRPO as they are named on the command line and in files: the adaptive method, unless an option of fixed steps is
/// given.
/// </summary>
public static class MfTrpoParameters
{
    private const string Auto = "auto";
    private const string Adaptive = "adaptive";

    private static readonly string[] OfFixedSteps =
    [
        "step-constant",
        "kl-radius",
        "population-step",
        "population-step-decay",
        "transition-steps",
        "warm-start",
    ];

    /// <summary>All options.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        .. MfTrpoOptions.Descriptions.Select(Shared),
        new(
            "memory",
            ParameterKind.WholeNumber,
            Auto,
            "Past steps that a step of rule adaptive is combined with; auto: 15 (ours)."
        )
        {
            Minimum = 0,
            Maximum = 100,
            Choices = [Auto],
        },
        new(
            "faithful",
            ParameterKind.Switch,
            "false",
            "The published algorithm: step rule paper, cold starts, a constant population step."
        ),
    ];

    /// <summary>Solves a game with checked options.</summary>
    /// <exception cref="ParameterException">Options that are each in range contradict each other.</exception>
    public static Solution Solve(TabularGame game, ParameterValues values, SolveContext context) =>
        IsAdaptive(values)
            ? AdaptiveMfTrpo.Solve(game, AdaptiveOptions(values), context)
            : MfTrpo.Solve(game, FixedOptions(values), context);

    /// <summary>η of the equilibrium that a run with these options looks for.</summary>
    /// <exception cref="ParameterException">Options that are each in range contradict each other.</exception>
    public static double Temperature(ParameterValues values) =>
        IsAdaptive(values) ? AdaptiveOptions(values).Temperature : FixedOptions(values).Temperature;

    private static bool IsAdaptive(ParameterValues values)
    {
        var rule = values.Text("step-rule");
        var fixedSteps = OfFixedSteps.FirstOrDefault(name => values.Text(name) != Auto);
        if (values.Switch("faithful"))
        {
            RefuseUnless(rule is Auto or "paper", "step-rule", rule, "auto or paper with faithful");
            RefuseUnless(values.Text("warm-start") != "true", "warm-start", "true", "auto or false with faithful");
            rule = "paper";
        }

        var isAdaptive = rule == Adaptive || (rule == Auto && fixedSteps is null);
        if (isAdaptive && fixedSteps is not null)
        {
            throw Refused(fixedSteps, values.Text(fixedSteps), "auto with step-rule adaptive");
        }

        if (!isAdaptive)
        {
            FixedRule.Check("mf-trpo", values, FixedRule.Of(values));
        }

        RefuseUnless(
            isAdaptive || values.Text("memory") == Auto,
            "memory",
            values.Text("memory"),
            "auto unless the step-rule is adaptive"
        );
        return isAdaptive;
    }

    private static AdaptiveMfTrpoOptions AdaptiveOptions(ParameterValues values)
    {
        var defaults = new AdaptiveMfTrpoOptions();
        return SolverOptions.ReadLimits(
            values,
            defaults with
            {
                Temperature = Number(values, "temperature", defaults.Temperature),
                InnerIterations = WholeNumber(values, "inner-iterations") ?? defaults.InnerIterations,
                Memory = WholeNumber(values, "memory") ?? defaults.Memory,
                EvaluationTolerance = values.Number("evaluation-tolerance"),
            }
        );
    }

    private static MfTrpoOptions FixedOptions(ParameterValues values)
    {
        var given = values
            .InOrder()
            .Where(value => value.Value != Auto && MfTrpoOptions.Descriptions.Any(option => option.Name == value.Key));
        var options = MfTrpoOptions.FromParameters(
            ParameterValues.Create(
                "solver mf-trpo",
                MfTrpoOptions.Descriptions,
                given.Append(KeyValuePair.Create("step-rule", FixedRule.Of(values)))
            )
        );
        return values.Switch("faithful") ? options with { WarmStart = false } : options;
    }

    // The option of the fixed method, with auto for its default.
    private static ParameterDescription Shared(ParameterDescription option) =>
        option.Name switch
        {
            "temperature" => option with
            {
                Default = Auto,
                Choices = [Auto],
                Summary =
                    "Entropy weight eta of the equilibrium looked for; higher is more random. auto: 0, the game itself, or 0.05 with fixed steps (ours).",
            },
            "inner-iterations" => option with
            {
                Default = Auto,
                Choices = [Auto],
                Summary = "Inner iterations L in each outer one; auto: 10, or 50 at most with rule adaptive (ours).",
            },
            "step-rule" => option with
            {
                Default = Auto,
                Choices = [Auto, Adaptive, .. option.Choices],
                Summary =
                    "Inner step t: 1/(eta (l + 2)), c/eta, as large as a KL radius allows, or all steps and the temperature by themselves (ours); auto: adaptive, or where an option of fixed steps is given that of a constant or radius, else paper.",
            },
            "warm-start" => new ParameterDescription(
                option.Name,
                ParameterKind.Choice,
                Auto,
                $"{option.Summary[..^1]}; auto: true unless faithful."
            )
            {
                Choices = [Auto, "true", "false"],
            },
            _ when OfFixedSteps.Contains(option.Name) => option with
            {
                Default = Auto,
                Choices = [Auto, .. option.Choices],
                Summary = $"{option.Summary[..^1]}; auto: {option.Default}.",
            },
            _ => option,
        };

    private static double Number(ParameterValues values, string name, double whenAuto) =>
        values.Text(name) == Auto ? whenAuto : values.Number(name);

    private static int? WholeNumber(ParameterValues values, string name) =>
        values.Text(name) == Auto ? null : values.WholeNumber(name);

    private static void RefuseUnless(bool isAllowed, string name, string found, string allowed)
    {
        if (!isAllowed)
        {
            throw Refused(name, found, allowed);
        }
    }

    private static ParameterException Refused(string name, string found, string allowed) =>
        new($"solver mf-trpo: '{name}' is '{found}', allowed is {allowed}");
}
