using System.Globalization;

namespace MeanField.Benchmarks.Sampling;

/// <summary>What a table was made on.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, load and runtime in one line.</summary>
    public static string Describe()
    {
        var processor = FirstLine("/proc/cpuinfo", "model name")?.Split(':')[^1].Trim() ?? "an unnamed processor";
        var load = FirstLine("/proc/loadavg", "")?.Split(' ')[0] ?? "?";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"On {processor}, {Environment.ProcessorCount} cores, load {load} at the start, .NET {Environment.Version}."
        );
    }

    private static string? FirstLine(string path, string beginning) =>
        File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal))
            : null;
}
