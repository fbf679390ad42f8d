using System.Security.Cryptography;
using MeanField.Equilibrium;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Runs;

/// <summary>Changes the files of a stored run and, unless told otherwise, makes every hash and the digest right again.</summary>
internal sealed class Forger(TemporaryFolder folder, RunRecord record)
{
    public RunRecord Record { get; private set; } = record;

    public void EditPolicy(Action<double[], int> edit, int row, bool honestHashes = true) =>
        EditArray("policy.npy", values => edit(values, row), honestHashes);

    public void EditMeanField(Action<double[]> edit) => EditArray("mean_field.npy", edit, honestHashes: true);

    private void EditArray(string name, Action<double[]> edit, bool honestHashes)
    {
        var array = NpyFile.Read(folder.PathOf(name));
        edit(array.Values);
        using (var stream = File.Create(folder.PathOf(name)))
        {
            NpyFile.Write(stream, array.Values, [.. array.Shape]);
        }

        if (honestHashes)
        {
            ForgeHashes();
        }
    }

    // The trace is made to agree as well.
    public void ForgeCertificate(Certificate certificate)
    {
        var trace = SampleRun.Converged.Solution.Trace.ToArray();
        trace[^1] = trace[^1] with
        {
            Exploitability = certificate.Exploitability,
            RegularizedExploitability = certificate.RegularizedExploitability,
        };
        using (var stream = File.Create(folder.PathOf("trace.csv")))
        {
            TraceFile.Write(stream, trace);
        }

        Forge(record => record with { Certificate = certificate, LastCertificate = certificate });
        ForgeHashes();
    }

    public void ForgeHashes() =>
        Forge(record =>
            record with
            {
                Files = record.Files.ToDictionary(
                    file => file.Key,
                    file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.PathOf(file.Key)))),
                    StringComparer.Ordinal
                ),
            }
        );

    public void Forge(Func<RunRecord, RunRecord> edit)
    {
        Record = edit(Record);
        folder.Write("run.json", RunJsonWriter.Render(Record));
    }
}
