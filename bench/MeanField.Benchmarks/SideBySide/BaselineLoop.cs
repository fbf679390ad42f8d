using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Benchmarks.SideBySide;

/// <summary>The loop of <c>numpy_baseline.py</c>: K times L inner iterations with the paper's step rule from a warm start, then M = 10 steps
/// of the population, of which β = 0.1 is taken.</summary>
/// <param name="Game">The game.</param>
/// <param name="OuterIterations">K.</param>
/// <param name="InnerIterations">L.</param>
/// <param name="Threads">Worker threads.</param>
internal sealed record BaselineLoop(TabularGame Game, int OuterIterations, int InnerIterations, int Threads)
{
    private const int TransitionSteps = 10;

    // One outer iteration more than is run: the last one a solver is allowed measures a KL and is scored, which the baseline does not do.
    private MfTrpoOptions Options =>
        new()
        {
            Temperature = 0.05,
            OuterIterations = OuterIterations + 1,
            InnerIterations = InnerIterations,
            StepRule = StepRule.Paper,
            PopulationStep = 0.1,
            TransitionSteps = TransitionSteps,
            WarmStart = true,
            Tolerance = 0,
            EvaluationTolerance = 1e-10,
            TraceEvery = OuterIterations + 2,
            StallAfter = 0,
        };

    /// <summary>Runs the loop as any caller of the library would, stopped after K outer iterations.</summary>
    public TimedRun Time()
    {
        using var stop = new CancellationTokenSource();
        var context = new SolveContext
        {
            Clock = TimeProvider.System,
            Threads = Threads,
            Progress = progress =>
            {
                if (progress.Iteration == OuterIterations)
                {
                    stop.Cancel();
                }
            },
            Cancellation = stop.Token,
        };
        using var solver = new MfTrpo(Game, Options, context);
        var solution = solver.Run();
        var setupSeconds = solution.Trace[0].Seconds;
        return new TimedRun(setupSeconds, solution.SolveSeconds - setupSeconds, solver.MeanField.ToArray());
    }

    /// <summary>Runs the same loop piece by piece, to look at every evaluation and at what is allocated on the way.</summary>
    public InspectedRun Inspect()
    {
        using var team = new ThreadTeam(Threads);
        var meanField = new double[Game.StateCount];
        Array.Fill(meanField, 1.0 / Game.StateCount);
        var mdp = FrozenMdp.Create(Game, meanField);
        var optimizer = new PolicyOptimizer(mdp, new InducedChain(Game), Options, team);
        var moved = new double[Game.StateCount];
        var spare = new double[Game.StateCount];
        var largestResidual = 0.0;
        long? allocatedBefore = null;
        for (var k = 0; k < OuterIterations; k++)
        {
            for (var l = 0; l < InnerIterations; l++)
            {
                optimizer.Iterate(l, measureKl: false);
                largestResidual = Math.Max(largestResidual, optimizer.EvaluationResidual);
                allocatedBefore ??= GC.GetAllocatedBytesForCurrentThread();
            }

            optimizer.UpdateChain();
            meanField.CopyTo(moved, 0);
            for (var step = 0; step < TransitionSteps; step++)
            {
                PopulationFlow.Push(optimizer.Chain, moved, spare);
                (moved, spare) = (spare, moved);
            }

            for (var s = 0; s < meanField.Length; s++)
            {
                meanField[s] += 0.1 * (moved[s] - meanField[s]);
            }

            mdp.MoveTo(meanField, team);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore!.Value;
        var innerIterations = ((long)OuterIterations * InnerIterations) - 1;
        return new InspectedRun(largestResidual, (double)allocated / Math.Max(1, innerIterations), meanField);
    }
}
