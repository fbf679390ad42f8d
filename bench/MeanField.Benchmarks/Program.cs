using BenchmarkDotNet.Running;
using MeanField.Benchmarks.SideBySide;

// dotnet run -c Release --project bench/MeanField.Benchmarks -- side-by-side --empty 5 --outer 200 --inner 10
// dotnet run -c Release --project bench/MeanField.Benchmarks -- --filter '*'
if (args is ["side-by-side", .. var rest])
{
    return SideBySideCommand.Create().Parse(rest).Invoke();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
