using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>The inside of a sampled solve, for tests that look at single iterations and trajectories.</summary>
internal sealed class SampledCase : IDisposable
{
    /// <param name="source">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="threads">The threads.</param>
    /// <param name="box">What is simulated instead of the kernel, if anything.</param>
    public SampledCase(
        IMeanFieldGame source,
        SampledMfTrpoOptions options,
        long seed = 0,
        int threads = 1,
        IGenerativeModel? box = null
    )
    {
        Source = source;
        Options = options;
        Team = new ThreadTeam(threads);
        Game = TabularGame.Create(source);
        IBatchSimulator batch = box is null
            ? new TabularBatch(new TabularSimulator(Game), FrozenMdp.Create(Game, Grids.Uniform(source)))
            : new GenerativeBatch(box);
        var context = new SolveContext { Clock = new FakeClock(), Seed = seed };
        Settings = SamplingSettings.Create(options, batch);
        Iteration = new SampledIteration(batch, Settings, context, Team, new StopSignal(context, 0), keepsModel: false);
    }

    public IMeanFieldGame Source { get; }

    public SampledMfTrpoOptions Options { get; }

    public ThreadTeam Team { get; }

    public TabularGame Game { get; }

    public SamplingSettings Settings { get; }

    public SampledIteration Iteration { get; }

    public SamplingSession Session => Iteration.Session;

    public void Dispose() => Team.Dispose();
}
