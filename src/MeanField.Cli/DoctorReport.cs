using System.Text;
using MeanField.Diagnostics;
using MeanField.Experiments.Reports;
using MeanField.Tabular;

namespace MeanField.Cli;

/// <summary>A diagnosis for people: each assumption with its verdict and its numbers, what the theory then promises, and what to do.</summary>
internal static class DoctorReport
{
    private const int ValueColumn = 32;
    private const int NamedStates = 5;
    private const int LargestWidth = 120;

    /// <summary>The whole report.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="game">The game.</param>
    /// <param name="request">What was asked for, so that advice can be pasted.</param>
    /// <param name="width">Columns at most.</param>
    public static string Text(Diagnosis diagnosis, TabularGame game, DoctorRequest request, int width)
    {
        var lines = new Lines(Math.Min(width, LargestWidth));
        var steps = diagnosis.Options.TransitionSteps is { } number ? DisplayNumber.Count(number) : "stationary";
        lines.Paragraph(
            $"At temperature {DisplayNumber.Nearest(diagnosis.Options.Temperature, 6)}, transition steps {steps}, restarts {request.Options.LastOrDefault(o => o.Key == "restart").Value ?? "uniform"}:"
        );
        AppendMonotonicity(lines, diagnosis.Monotonicity, game);
        AppendChain(lines, diagnosis.Chain, game);
        AppendConcentrability(lines, diagnosis, game);
        AppendTheory(lines, diagnosis);
        DoctorAdvice.Append(lines, diagnosis, game, request);
        return lines.ToString();
    }

    /// <summary>The names of some states, and how many more there are.</summary>
    private static string Names(IReadOnlyList<int> states, TabularGame game) =>
        string.Join("; ", states.Take(NamedStates).Select(game.Source.StateName))
        + (states.Count > NamedStates ? $" and {DisplayNumber.Count(states.Count - NamedStates)} more" : "");

    // The states where two laws differ most, with their shares in each.
    private static string Shares(WitnessPair pair, TabularGame game) =>
        string.Join(
            "; ",
            Enumerable
                .Range(0, pair.First.Count)
                .OrderByDescending(s => Math.Abs(pair.First[s] - pair.Second[s]))
                .Take(NamedStates)
                .Select(s =>
                    $"{game.Source.StateName(s)} ({DisplayNumber.Nearest(pair.First[s], 6)}, {DisplayNumber.Nearest(pair.Second[s], 6)})"
                )
        );

    private static void AppendMonotonicity(Lines lines, MonotonicityReport report, TabularGame game)
    {
        lines.Heading("A-2  strict monotonicity", Words(report.Verdict));
        if (report.Pair is { } pair)
        {
            lines.Fact(
                "Largest ratio of a pair",
                $"{DisplayNumber.Nearest(pair.Ratio, 6)}, give or take {DisplayNumber.NotLess(pair.Margin, 2)}; a violation is 1 or more{(pair.Margin > 1 ? ", beyond that margin" : "")}"
            );
            lines.Fact(report.Verdict == AssumptionVerdict.Violated ? "  the witness" : "  between", pair.Place);
            if (report.Verdict == AssumptionVerdict.Violated)
            {
                lines.Fact("  its laws differ most at", Shares(pair, game));
            }
        }

        if (report.Derivatives > 0)
        {
            lines.Fact(
                "Largest eigenvalue",
                $"{DisplayNumber.Nearest(report.LargestEigenvalue)} at {report.EigenvaluePlace}"
            );
        }

        lines.Fact("Lipschitz constant of Φ − id", $"{DisplayNumber.Nearest(report.Lipschitz)} or more");
        var directions = report.IsComplete
            ? "all directions"
            : $"{DisplayNumber.Count(report.Dimension)} directions (reduced: the game is large)";
        lines.Fact(
            "Searched",
            $"{DisplayNumber.Count(report.Laws)} mean fields, {DisplayNumber.Count(report.Pairs)} pairs, {DisplayNumber.Count(report.Derivatives)} derivatives"
                + (report.Derivatives > 0 ? $" in {directions}" : "")
        );
    }

    private static void AppendChain(Lines lines, ChainReport report, TabularGame game)
    {
        lines.Heading("A-3  one recurrent class", Words(report.Verdict));
        var transient =
            report.TransientStates > 0
                ? $", {DisplayNumber.Count(report.TransientStates)} states outside"
                : ", every state in it";
        lines.Fact(
            "Recurrent classes",
            DisplayNumber.Count(report.RecurrentClasses) + (report.RecurrentClasses == 1 ? transient : "")
        );
        if (report.SeparateStates.Count > 0)
        {
            lines.Fact("  no way between", Names(report.SeparateStates, game));
        }

        lines.Fact("Period", report.Period == 1 ? "1: aperiodic" : DisplayNumber.Count(report.Period));
        lines.Fact("Second eigenvalue", $"{SecondEigenvalue(report.SecondEigenvalue)} in modulus, an estimate");
        lines.Fact(
            "Dobrushin coefficient",
            report.Dobrushin is { } coefficient
                ? $"{DisplayNumber.Nearest(coefficient)}, of one step; a bound on that eigenvalue"
                : "not computed: too many pairs of states"
        );
    }

    private static void AppendConcentrability(Lines lines, Diagnosis diagnosis, TabularGame game)
    {
        var report = diagnosis.Concentrability;
        lines.Heading("A-4  concentrability", Words(report.Verdict));
        lines.Fact(
            "Coefficient",
            $"{DisplayNumber.Nearest(report.Coefficient)} at state {game.Source.StateName(report.WorstState)}; 1 is best"
        );
        if (report.MissedStates.Count > 0)
        {
            lines.Fact("  visited but missed", Names(report.MissedStates, game));
        }

        lines.Fact(
            "  at the fixed point found,",
            $"where Φ(μ) and μ differ by {DisplayNumber.NotLess(diagnosis.Residual, 2)} in the 1-norm"
                + (diagnosis.Residual > 1e-6 ? ": no fixed point, only the best point met" : "")
        );
    }

    private static void AppendTheory(Lines lines, Diagnosis diagnosis)
    {
        lines.Heading("What the theory promises", Promise(diagnosis));
        if (diagnosis.Step is { } step)
        {
            lines.Fact("Contracts for β below", DisplayNumber.Nearest(step.Limit));
            lines.Fact(
                "Best β",
                $"{DisplayNumber.Nearest(step.Best)}: an iteration leaves {DisplayNumber.Nearest(step.Factor, 6)} of the distance to the equilibrium, {Digit(step)}"
            );
        }

        if (diagnosis.LocalStep is { } local)
        {
            lines.Fact(
                "Best β near the fixed point",
                $"{DisplayNumber.Nearest(local.Best)}: {Digit(local)}, by the derivative there alone"
            );
        }

        lines.Fact("Entropy bias", $"at most {DisplayNumber.NotLess(diagnosis.EntropyBiasBound)}, a bound");
        var budget = diagnosis.Budget;
        lines.Fact(
            "Horizon",
            $"{DisplayNumber.Count(budget.Horizon)} steps for exploitability {DisplayNumber.Nearest(budget.Target)}"
        );
        lines.Fact(
            "Samples",
            $"about {DisplayNumber.Nearest(budget.Samples, 1)}: (span of returns / target)⁶ with every hidden constant set to one"
        );
    }

    private static string Digit(StepAdvice step) =>
        step.Factor > 0
            ? $"{DisplayNumber.Nearest(Math.Max(1, Math.Ceiling(-Math.Log(10) / Math.Log(step.Factor))), 3)} iterations a digit"
            : "one iteration is enough";

    private static string Promise(Diagnosis diagnosis) =>
        diagnosis.Chain.Verdict == AssumptionVerdict.Violated ? "nothing: A-3 is violated"
        : diagnosis.Monotonicity.Verdict == AssumptionVerdict.Violated ? "nothing: A-2 is violated"
        : diagnosis.Monotonicity.Verdict == AssumptionVerdict.Undecided ? "nothing: A-2 is undecided"
        : diagnosis.MeanField.Count == 1 ? "all of it: there is one mean field"
        : diagnosis.Step is null ? "nothing: no two mean fields were compared"
        : "if the numbers above are the largest there are"
            + (
                diagnosis.Concentrability.Verdict == AssumptionVerdict.Violated
                    ? "; from samples nothing: A-4 is violated"
                    : ""
            );

    private static string Words(AssumptionVerdict verdict) =>
        verdict switch
        {
            AssumptionVerdict.Holds => "holds (exact)",
            AssumptionVerdict.NoViolationFound => "no violation found (evidence, no proof)",
            AssumptionVerdict.Undecided => "undecided: 1 or more, but no pair proves it",
            _ => "VIOLATED (proved)",
        };

    /// <summary>The lines of the report.</summary>
    internal sealed class Lines(int width)
    {
        private readonly StringBuilder _text = new();

        /// <summary>A heading with what it comes to.</summary>
        public void Heading(string name, string value)
        {
            _text.AppendLine();
            TextLayout.Wrap(_text, value.Length > 0 ? name.PadRight(ValueColumn) : name, ValueColumn, value, width);
        }

        /// <summary>A name and its value.</summary>
        public void Fact(string name, string value) =>
            TextLayout.Wrap(_text, $"  {name}  ".PadRight(ValueColumn), ValueColumn, value, width);

        /// <summary>Words of their own.</summary>
        public void Paragraph(string text) => TextLayout.Wrap(_text, "", 0, text, width);

        /// <summary>A piece of advice.</summary>
        public void Advice(string text) => TextLayout.Wrap(_text, "  - ", 4, text, width);

        /// <summary>A command to copy; it is never broken.</summary>
        public void Command(string command) => _text.Append("      ").AppendLine(command);

        /// <inheritdoc />
        public override string ToString() => _text.ToString();
    }

    // Close to 1 it is the distance to it that says how slowly the chain mixes.
    private static string SecondEigenvalue(double value) =>
        value is > 0.999 and < 1 ? $"1 − {DisplayNumber.Nearest(1 - value, 3)}" : DisplayNumber.Nearest(value);
}
