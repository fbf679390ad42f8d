using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MeanField.Cli;

/// <summary>Lines on standard error, in a terminal with a bar below them that says how many cells are done and how long the rest may take. Safe to use
/// from several threads at once.</summary>
/// <param name="cells">How many there are.</param>
/// <param name="console">Where to write.</param>
internal sealed class SweepBar(int cells, CommandConsole console) : IDisposable
{
    private const int Blocks = 24;
    private const string ClearLine = "\r\e[K";

    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _solved;
    private bool _isShown;

    /// <summary>Writes a line.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="done">Cells done so far.</param>
    /// <param name="isSolved">Whether it tells of a cell that was solved just now.</param>
    public void WriteLine(string text, int done, bool isSolved)
    {
        lock (_gate)
        {
            _solved += isSolved ? 1 : 0;
            if (!console.IsErrorTerminal)
            {
                console.Error.WriteLine(text);
                return;
            }

            console.Error.Write($"{(_isShown ? ClearLine : "")}{text}\n{(done < cells ? Bar(done) : "")}");
            _isShown = done < cells;
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isShown)
            {
                console.Error.Write(ClearLine);
            }

            _isShown = false;
        }
    }

    // A line that wraps could not be taken away.
    private string Bar(int done)
    {
        var filled = (int)((long)Blocks * done / cells);
        var left = _solved > 0 ? _watch.Elapsed.TotalSeconds / _solved * (cells - done) : 0;
        var text = new StringBuilder()
            .Append('━', filled)
            .Append('─', Blocks - filled)
            .Append(CultureInfo.InvariantCulture, $" {done}/{cells}");
        if (left > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", estimated {Math.Ceiling(left):0} s left");
        }

        return text.Length < console.Width() ? text.ToString() : "";
    }
}
