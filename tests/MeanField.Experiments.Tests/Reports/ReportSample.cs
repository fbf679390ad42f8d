using MeanField.Catalogue;
using MeanField.Equilibrium;
using MeanField.Experiments.Runs;
using MeanField.Numerics;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>Made-up stored runs of crowd grids. Nothing here was solved: reports only show what a record says.</summary>
internal static class ReportSample
{
    /// <summary>A crowd grid.</summary>
    public static CrowdGrid Grid(string layout, string slip = "0.1", string targets = "marks") =>
        (CrowdGrid)CrowdGrid.Definition.Create(Values(layout, slip, targets));

    /// <summary>The policy that always takes one action of every state.</summary>
    public static double[] Always(CrowdGrid grid, GridMove move)
    {
        var policy = new double[5 * grid.StateCount];
        for (var state = 0; state < grid.StateCount; state++)
        {
            policy[(5 * state) + (int)move] = 1;
        }

        return policy;
    }

    /// <summary>The uniform mean field.</summary>
    public static double[] Uniform(int states) => Enumerable.Repeat(1.0 / states, states).ToArray();

    /// <summary>A converged run on a crowd grid whose policy always moves right.</summary>
    public static StoredRun Run(
        string layout = "...../.##../...#./.#.../....P",
        int rows = 30,
        string slip = "0.1",
        string targets = "marks"
    )
    {
        var grid = Grid(layout, slip, targets);
        var trace = Enumerable.Range(0, rows).Select(k => Row(k, Math.Pow(0.5, k))).ToArray();
        return new StoredRun(
            Record(grid, Values(layout, slip, targets), rows),
            trace,
            Always(grid, GridMove.Right),
            Uniform(grid.StateCount)
        );
    }

    /// <summary>A row of a trace.</summary>
    public static TraceRow Row(int iteration, double exploitability) =>
        new(
            iteration,
            new Interval(0, exploitability + 0.04),
            new Interval(0, exploitability),
            exploitability / 10,
            exploitability / 3,
            default,
            0.001 * iteration,
            exploitability,
            1,
            0.1,
            double.NaN
        );

    private static ParameterValues Values(string layout, string slip, string targets) =>
        ParameterValues.Create(
            "game crowd-grid",
            CrowdGrid.Definition.Parameters,
            [new("layout", layout), new("slip", slip), new("targets", targets)]
        );

    private static RunRecord Record(CrowdGrid grid, ParameterValues values, int rows)
    {
        var certificate = new Certificate
        {
            Exploitability = new Interval(0.0386, 0.0387),
            RegularizedExploitability = new Interval(0, 4.25e-9),
            Temperature = 0.05,
            StationarityResidual = 1e-15,
            RecurrentClasses = 1,
            EntropyBiasBound = 0.805,
            RoundingSlack = 3e-14,
        };
        return new RunRecord
        {
            Status = SolveStatus.Converged,
            Explanation = "Certified regularised exploitability 4.25E-09 is within the tolerance 1E-08.",
            Iterations = rows - 1,
            BestIteration = rows - 1,
            SolveSeconds = 1.5,
            CertifySeconds = 0.25,
            Seed = 7,
            Threads = 2,
            Version = "0.1.0",
            Game = new GameRecord(
                "crowd-grid",
                [.. values.InOrder()],
                grid.StateCount,
                5 * grid.StateCount,
                grid.DroppedCells,
                new string('a', 64)
            ),
            Solver = new SolverRecord("mf-trpo", [new("temperature", "0.05"), new("tolerance", "1e-08")]),
            Certificate = certificate,
            LastCertificate = certificate,
            Mixture = null,
            Equilibria = [],
            Samples = default,
            SamplingPlan = "",
            Host = new HostRecord("an operating system", ".NET 10", 4),
            Files = new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }
}
