using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Which rule of fixed steps the options of MF-TRPO mean, where a constant or a radius may stand without its rule.</summary>
internal static class FixedRule
{
    private const string Auto = "auto";
    private const string Paper = "paper";
    private const string Constant = "constant";
    private const string KlRadius = "kl-radius";
    private const string StepConstant = "step-constant";

    /// <summary>The rule by name: the one named; the paper's with <c>faithful</c>; else that of the constant or radius given, else the paper's.</summary>
    public static string Of(ParameterValues values) =>
        values.Text("step-rule") is not Auto and var rule ? rule
        : values.Switch("faithful") ? Paper
        : IsGiven(values, KlRadius) ? KlRadius
        : IsGiven(values, StepConstant) ? Constant
        : Paper;

    /// <summary>Refuses a constant or a radius that the rule would not look at.</summary>
    /// <exception cref="ParameterException">There is one.</exception>
    public static void Check(string solver, ParameterValues values, string rule)
    {
        var readsConstant =
            rule == Constant
            || (rule == Paper && values.Text("temperature") != Auto && values.Number("temperature") == 0);
        foreach (var (name, isRead) in new[] { (KlRadius, rule == KlRadius), (StepConstant, readsConstant) })
        {
            if (IsGiven(values, name) && !isRead)
            {
                throw new ParameterException(
                    $"solver {solver}: '{name}' is '{values.Text(name)}', allowed is auto with step-rule {rule}"
                );
            }
        }
    }

    private static bool IsGiven(ParameterValues values, string name) => values.Text(name) != Auto;
}
