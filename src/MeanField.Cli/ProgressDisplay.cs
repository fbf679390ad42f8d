using System.Diagnostics;
using System.Globalization;
using MeanField.Experiments.Reports;
using MeanField.Solvers;
using Spectre.Console;

namespace MeanField.Cli;

/// <summary>A progress bar on standard error, on a thread of its own, for solves that take long enough to be watched. A pipe gets
/// none. Safe to use from several threads at once.</summary>
internal sealed class ProgressDisplay : IDisposable
{
    private const int LongestBar = 40;
    private const int ShortestBar = 6;

    // The percentage and the gaps between the three columns.
    private const int BesideTheText = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(125);

    private readonly CommandConsole _console;
    private readonly Lock _lock = new();
    private readonly RemainingTime _remaining = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Thread? _thread;

    /// <summary>Starts to wait: the bar appears when the solve is not over soon.</summary>
    public ProgressDisplay(CommandConsole console)
    {
        _console = console;
        if (console.IsErrorTerminal)
        {
            _thread = new Thread(ShowUnlessSoonOver) { IsBackground = true, Name = "progress" };
            _thread.Start();
        }
    }

    /// <summary>Takes a report of the solver. Returns at once.</summary>
    public void Report(SolveProgress progress)
    {
        lock (_lock)
        {
            _remaining.Add(_watch.Elapsed.TotalSeconds, progress);
        }
    }

    /// <summary>Takes the bar away and writes a message where it was.</summary>
    public void EndWith(string message)
    {
        Dispose();
        _console.Error.WriteLine(message);
    }

    /// <summary>Takes the bar away. May be called again.</summary>
    public void Dispose()
    {
        _ended.Set();
        _thread?.Join();
    }

    private void ShowUnlessSoonOver()
    {
        if (!_ended.Wait(Patience))
        {
            Show();
        }
    }

    // Spectre.Console is loaded here, on this thread, and so never delays a short solve.
    private void Show()
    {
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                ColorSystem = _console.UsesColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(_console.Error),
            }
        );
        var bar = new ProgressBarColumn();
        var text = new TaskDescriptionColumn { Alignment = Justify.Left };
        terminal
            .Progress()
            .AutoRefresh(enabled: false)
            .AutoClear(enabled: true)
            .Columns(bar, new PercentageColumn(), text)
            .Start(context =>
            {
                var task = context.AddTask("starting");
                do
                {
                    terminal.Profile.Width = _console.Width();
                    Update(task, bar, terminal.Profile.Width);
                    context.Refresh();
                } while (!_ended.Wait(RefreshInterval));
            });
    }

    private void Update(ProgressTask task, ProgressBarColumn bar, int width)
    {
        lock (_lock)
        {
            var text = Describe(_remaining, _watch.Elapsed.TotalSeconds, width - ShortestBar - BesideTheText);
            task.Description = Markup.Escape(text);
            task.Value = 100 * _remaining.Fraction;
            bar.Width = Math.Clamp(width - text.Length - BesideTheText, ShortestBar, LongestBar);
        }
    }

    private static string Describe(RemainingTime remaining, double elapsed, int width)
    {
        var latest = remaining.Latest;
        if (latest.Iteration == 0)
        {
            return $"first iteration, {Duration(elapsed)} so far";
        }

        var samples = latest.Samples > 0 ? $", {DisplayNumber.Nearest(latest.Samples, 3)} samples" : "";
        var place = $"iteration {latest.Iteration}/{latest.IterationLimit}{samples}";
        var rate = $", {DisplayNumber.Nearest(remaining.Rate, 2)}/s";
        var left = remaining.SecondsLeft is { } seconds ? $", estimated {Duration(seconds)} left" : "";
        var score = double.IsFinite(latest.BestRegularizedExploitability)
            ? $", φ_η ≤ {DisplayNumber.NotLess(latest.BestRegularizedExploitability, 2)}"
            : "";
        var goal =
            score.Length > 0 && latest.Tolerance > 0 ? $" (goal {DisplayNumber.Nearest(latest.Tolerance, 2)})" : "";

        // A line that wraps cannot be taken away cleanly, so a narrow terminal is told less.
        string[] versions = [place + rate + score + goal + left, place + rate + score + left, place + rate + left];
        return Array.Find(versions, version => version.Length <= width) ?? place;
    }

    private static string Duration(double seconds)
    {
        var whole = (long)Math.Min(Math.Ceiling(seconds), 1e9);
        return whole switch
        {
            < 120 => string.Create(CultureInfo.InvariantCulture, $"{whole} s"),
            < 7200 => string.Create(CultureInfo.InvariantCulture, $"{whole / 60} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{whole / 3600} h {whole % 3600 / 60} min"),
        };
    }
}
