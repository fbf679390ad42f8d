using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>What is not the user's fault ends with exit code 1 and one line, and loses no earlier run.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_disk_that_fails_while_writing_is_named_and_the_earlier_run_kept()
    {
        var folder = _folder.PathOf("run");
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", folder).Code);
        var earlier = File.ReadAllText(Path.Combine(folder, "run.json"));
        using var error = new StringWriter();

        // The folder is claimed before the first message, so the message is the moment to break the disk.
        var breaking = new HookedWriter(
            error,
            () => Directory.CreateDirectory(Path.Combine(folder, "run.json.partial", "in the way"))
        );
        var run = CommandRun.Of(["solve", "crowd-grid", "--out", folder], console => console with { Error = breaking });

        Assert.Equal((1, ""), (run.Code, run.Out));
        var message = error.ToString().TrimEnd().Split('\n')[^1];
        Assert.StartsWith("meanfield: ", message, StringComparison.Ordinal);
        Assert.Contains(folder, message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(earlier, File.ReadAllText(Path.Combine(folder, "run.json")));
        Directory.Delete(Path.Combine(folder, "run.json.partial"), recursive: true);
        Assert.Equal(0, CommandRun.Of("certify", folder).Code);
    }

    [Fact]
    public void A_report_that_cannot_be_replaced_is_named_and_leaves_nothing_behind()
    {
        var folder = _folder.PathOf("run");
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", folder).Code);
        File.Delete(Path.Combine(folder, "report.html"));
        Directory.CreateDirectory(Path.Combine(folder, "report.html"));
        var before = Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal).ToList();

        var run = CommandRun.Of("report", folder);

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("report.html", run.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.ErrorLine);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal).ToList());
    }

    [Fact]
    public void A_fault_of_MeanField_says_so_and_hides_its_details_until_asked()
    {
        var run = Failing(new InvalidOperationException("index\nout of order"));
        Assert.Equal(1, run.Code);
        Assert.DoesNotContain('\n', run.ErrorLine);
        Assert.Contains("index out of order", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("report it", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("MEANFIELD_DEBUG=1", run.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);

        Assert.Contains(
            "   at ",
            Failing(new InvalidOperationException("again"), showsDetails: true).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Too_little_memory_is_said_in_words()
    {
        var run = Failing(new InsufficientMemoryException());

        Assert.Equal(1, run.Code);
        Assert.Contains("out of memory", run.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("report it", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_cannot_be_written_ends_with_1()
    {
        Assert.Equal(1, Failing(new IOException("No space left on device")).Code);
        Assert.Equal(1, Failing(new UnauthorizedAccessException("Access denied")).Code);
        Assert.Equal(1, Failing(new AggregateException(new IOException("No space left on device"))).Code);
    }

    public void Dispose() => _folder.Dispose();

    private static CommandRun Failing(Exception exception, bool showsDetails = false) =>
        CommandRun.Of(
            ["games"],
            console =>
                console with
                {
                    Out = new HookedWriter(TextWriter.Null, () => throw exception),
                    ShowsErrorDetails = showsDetails,
                }
        );
}
