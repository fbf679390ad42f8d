using MeanField.Cli;

namespace MeanField.Experiments.Tests.Cli;

public class SweepBarTests
{
    [Fact]
    public void A_pipe_gets_lines_and_nothing_else()
    {
        using var error = new StringWriter();
        using (var bar = new SweepBar(2, new CommandConsole(TextWriter.Null, error)))
        {
            bar.WriteLine("first", 1, isSolved: true);
        }

        Assert.Equal($"first{Environment.NewLine}", error.ToString());
    }

    [Fact]
    public void A_terminal_gets_a_bar_below_that_goes_away()
    {
        using var error = new StringWriter();
        using (var bar = new SweepBar(4, new CommandConsole(TextWriter.Null, error) { IsErrorTerminal = true }))
        {
            bar.WriteLine("first", 1, isSolved: false);
            Assert.Equal($"first\n{new string('━', 6)}{new string('─', 18)} 1/4", error.ToString());
            bar.WriteLine("second", 2, isSolved: true);
            Assert.Contains("\r\e[Ksecond\n", error.ToString(), StringComparison.Ordinal);
            Assert.EndsWith(" s left", error.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith("\r\e[K", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_last_cell_there_is_no_bar()
    {
        using var error = new StringWriter();
        using (var bar = new SweepBar(1, new CommandConsole(TextWriter.Null, error) { IsErrorTerminal = true }))
        {
            bar.WriteLine("only", 1, isSolved: true);
        }

        Assert.Equal("only\n", error.ToString());
    }
}
