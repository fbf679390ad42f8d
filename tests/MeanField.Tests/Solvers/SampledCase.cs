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
    public SampledCase(IMeanFieldGame source, SampledMfTrpoOptions options, long seed = 0, int threads = 1)
    {
        Source = source;
        Options = options;
        Team = new ThreadTeam(threads);
        Game = TabularGame.Create(source);
        var batch = new TabularBatch(new TabularSimulator(Game), FrozenMdp.Create(Game, Grids.Uniform(source)));
        var rewards = Enumerable
            .Range(0, Game.StateCount)
            .SelectMany(s => Enumerable.Range(0, source.ActionCount(s)).Select(a => (s, a)))
            .Select(pair => source.Reward(pair.s, pair.a, Grids.Uniform(source)))
            .ToArray();
        var context = new SolveContext { Clock = new FakeClock(), Seed = seed };
        Settings = SamplingSettings.Create(options, batch, rewards.Max() - rewards.Min());
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
