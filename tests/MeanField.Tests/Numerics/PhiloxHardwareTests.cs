using System.Diagnostics;

namespace MeanField.Tests.Numerics;

/// <summary>The random numbers on processors that have less than this one: the tests again in a process with instructions switched off.</summary>
public class PhiloxHardwareTests
{
    /// <summary>Tells the other process what it should not find.</summary>
    public const string SwitchedOff = "MEANFIELD_TESTS_WITHOUT";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("AVX512")]
    [InlineData("AVX2")]
    public async Task Random_numbers_are_the_same_without(string instructions)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [$"DOTNET_Enable{instructions}"] = "0", [SwitchedOff] = instructions },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MeanField.Tests.dll"));
        start.ArgumentList.Add("--filter-class");
        start.ArgumentList.Add(typeof(PhiloxTests).FullName!);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, output);
    }
}
