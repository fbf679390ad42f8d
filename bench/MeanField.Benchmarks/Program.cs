using BenchmarkDotNet.Running;
using MeanField.Benchmarks.Sampling;
using MeanField.Benchmarks.SideBySide;

// dotnet run -c Release --project bench/MeanField.Benchmarks -- side-by-side --empty 5 --outer 200 --inner 10
// dotnet run -c Release --project bench/MeanField.Benchmarks -- samples --quick
// dotnet run -c Release --project bench/MeanField.Benchmarks -- steps --map Berlin_1_256.map
// dotnet run -c Release --project bench/MeanField.Benchmarks -- --filter '*'
if (args is ["side-by-side", .. var sideBySide])
{
    return SideBySideCommand.Create().Parse(sideBySide).Invoke();
}

if (args is ["samples", .. var samples])
{
    return SamplesCommand.Create().Parse(samples).Invoke();
}

if (args is ["steps", .. var steps])
{
    return StepsCommand.Create().Parse(steps).Invoke();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
