using System.Runtime.InteropServices;

namespace MeanField.Experiments.Runs;

/// <summary>Where a run was made.</summary>
/// <param name="OperatingSystem">The operating system and its version.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Processors">Logical processors.</param>
public sealed record HostRecord(string OperatingSystem, string Runtime, int Processors)
{
    /// <summary>The machine this runs on.</summary>
    public static HostRecord Current { get; } =
        new(RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount);
}
