using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Numerics;

namespace MeanField.Experiments.Tests.Runs;

public sealed class MixtureCertificationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_honest_sampled_run_holds_with_its_mixture()
    {
        var record = SampleRun.Sampled.WriteTo(_folder.Path);
        Assert.NotNull(record.Mixture);
        Assert.True(File.Exists(_folder.PathOf("policy_mixture.npy")));
        Assert.Empty(RunCertification.Check(_folder.Path).Findings);
    }

    [Fact]
    public void A_forged_mixture_is_found_by_recomputation()
    {
        var forger = new Forger(_folder, SampleRun.Sampled.WriteTo(_folder.Path));
        forger.Forge(record =>
            record with
            {
                Mixture = record.Mixture! with
                {
                    MarkovCertificate = record.Mixture.MarkovCertificate with
                    {
                        Exploitability = new Interval(0, 1e-9),
                    },
                },
            }
        );
        AssertFinding("mixture.markovCertificate.exploitability");
        forger.Forge(record => record with { Mixture = null });
        AssertFinding("files: found policy_mixture.npy");
    }

    private void AssertFinding(string text)
    {
        var outcome = RunCertification.Check(_folder.Path);
        Assert.False(outcome.Holds);
        Assert.Contains(outcome.Findings, finding => finding.Contains(text, StringComparison.Ordinal));
    }
}
