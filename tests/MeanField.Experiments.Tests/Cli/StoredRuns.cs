using System.Text.Json;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>Compares the files of runs that must have come to the same.</summary>
internal static class StoredRuns
{
    /// <summary>Asserts that two folders hold the same run, apart from the seconds.</summary>
    public static void AssertSame(string whole, string other)
    {
        var arrays = Directory
            .EnumerateFiles(whole, "*.npy")
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Contains("policy.npy", arrays);
        Assert.Equal(
            arrays,
            Directory
                .EnumerateFiles(other, "*.npy")
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            arrays,
            name =>
                Assert.Equal(File.ReadAllBytes(Path.Combine(whole, name)), File.ReadAllBytes(Path.Combine(other, name)))
        );
        Assert.Equal(TraceWithoutSeconds(whole), TraceWithoutSeconds(other));
        Assert.All(
            ["status", "explanation", "iterations", "bestIteration", "certificate", "mixture", "samples", "solver"],
            name => Assert.Equal(Facts(whole, name), Facts(other, name))
        );
    }

    private static IEnumerable<string> TraceWithoutSeconds(string folder) =>
        File.ReadLines(Path.Combine(folder, "trace.csv"))
            .Select(line => string.Join(',', line.Split(',').Where((_, column) => column != 6)));

    private static string Facts(string folder, string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run.json")));
        return json.RootElement.GetProperty(name).GetRawText();
    }
}
