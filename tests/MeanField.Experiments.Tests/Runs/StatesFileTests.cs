using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Runs;

public sealed class StatesFileTests
{
    [Fact]
    public void Each_state_has_a_line_with_its_name_and_its_actions_in_order()
    {
        // A wall in the middle: the second state is the cell in column 2.
        var grid = GameSpec.Load("crowd-grid", [new("layout", ".#./..P")]).Create();
        using var stream = new MemoryStream();
        StatesFile.Write(stream, grid);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.Equal("state,name,actions", lines[0]);
        Assert.Equal("1,\"0,2\",Stay Up Down Left Right", lines[2]);
        Assert.Equal(((CrowdGrid)grid).States.Count, lines.Length - 2);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void A_report_of_a_changed_run_is_refused_and_the_old_one_kept()
    {
        using var folder = new TemporaryFolder();
        SampleRun.Converged.WriteTo(folder.Path);
        var before = File.ReadAllText(folder.PathOf("report.html"));
        File.AppendAllText(folder.PathOf("trace.csv"), " ");
        var error = Assert.Throws<InputFileException>(() => RunFolder.RewriteReport(folder.Path));
        Assert.Contains("trace.csv: found SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder.PathOf("report.html")));
    }
}
