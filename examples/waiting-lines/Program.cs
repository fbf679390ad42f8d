using System.Globalization;
using MeanField.Examples.WaitingLines;
using MeanField.Solvers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var office = new CoffeeQueues();
var options = new SampledMfTrpoOptions
{
    Temperature = 0.05,
    PopulationStep = 0.02,
    SampleBudget = 1_000_000,
};
var solution = SimulatorMfTrpo.Solve(office, options, new SolveContext { Seed = 1, Clock = TimeProvider.System });

Console.WriteLine(solution.Explanation);
Console.WriteLine($"How: {solution.SamplingPlan}");
var pair = 0;
for (var state = 0; state < office.StateCount; state++)
{
    Console.Write($"{office.StateName(state), -7}{solution.Last.MeanField[state], 7:P1} of all people:");
    for (var action = 0; action < office.ActionCount(state); action++)
    {
        Console.Write($"  {office.ActionName(state, action)} {solution.Last.Policy.Probabilities[pair++]:P1}");
    }

    Console.WriteLine();
}

Console.WriteLine(
    $"With these habits {solution.Trace[^1].PopulationResidual / 2:P1} of all people would settle elsewhere."
);
foreach (
    var (what, gain) in new[]
    {
        ("with", solution.Last.RegularizedExploitability),
        ("without", solution.Last.Exploitability),
    }
)
{
    Console.WriteLine(
        $"Estimated gain of the best deviation found, {what} entropy: {gain!.Mean:F4} (95 % confidence {gain.Confidence95.Lower:F4} to {gain.Confidence95.Upper:F4})"
    );
}

Console.WriteLine($"{solution.Samples.Total:N0} simulator calls in {solution.SolveSeconds:F2} s of solving");
