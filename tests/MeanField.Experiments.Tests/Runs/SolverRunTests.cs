using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Runs;

/// <summary>What every solver in the catalogue stores can be certified. A new entry is tested by being listed.</summary>
public sealed class SolverRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. SolverCatalogue.All.Select(entry => entry.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_run_holds(string name)
    {
        SampleRun.Solve([], [new("outer-iterations", "20")], name).WriteTo(_folder.Path);
        Assert.Empty(RunCertification.Check(_folder.Path).Findings);
    }
}
