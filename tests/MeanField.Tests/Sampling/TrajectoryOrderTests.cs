using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>Waves on a grid that is large enough for them to be sorted.</summary>
public class TrajectoryOrderTests
{
    private const int Count = 1000;
    private const long First = 1L << 33;
    private const ulong Key = 11;
    private const double Temperature = 0.3;

    private readonly TabularGame _game = Grids.Square(34);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_wave_runs_every_trajectory_once_in_the_order_of_its_start(int threads)
    {
        using var team = new ThreadTeam(threads);
        var law = RestartLaw.Uniform(new TabularSimulator(_game));
        var order = new TrajectoryOrder(_game.StateCount, Count);
        order.Arrange(law, Key, First, Count, team);
        var places = Enumerable.Range(0, Count).Select(order.At).ToArray();
        var expected = Enumerable.Range(0, Count).OrderBy(i => law.Draw(Key, (ulong)(First + i)));
        Assert.Equal(expected, places);
    }

    [Fact]
    public void A_law_that_asks_the_simulator_is_not_asked_for_an_order()
    {
        using var team = new ThreadTeam(1);
        var order = new TrajectoryOrder(_game.StateCount, Count);
        var simulator = new TabularSimulator(_game);
        order.Arrange(RestartLaw.Uniform(simulator), Key, First, Count, team);
        order.Arrange(RestartLaw.OfSimulator(simulator), Key, First, Count, team);
        Assert.Equal(Enumerable.Range(0, Count), Enumerable.Range(0, Count).Select(order.At));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_trajectory_does_the_same_alone_as_in_a_sorted_wave(int threads)
    {
        var (pairs, returns, states) = RunAlone();
        using var team = new ThreadTeam(threads);
        var sampler = CreateSampler(team);
        Assert.Equal(Count, sampler.Run(Plan(), Key, First, Count, long.MaxValue, observes: false));
        Assert.Equal(pairs, sampler.FirstPairs[..Count]);
        Assert.Equal(returns, sampler.Returns[..Count]);
        Assert.Equal(states, sampler.LastStates[..Count]);
    }

    private (int[] Pairs, double[] Returns, int[] States) RunAlone()
    {
        using var team = new ThreadTeam(1);
        var sampler = CreateSampler(team);
        var (pairs, returns, states) = (new int[Count], new double[Count], new int[Count]);
        for (var i = 0; i < Count; i++)
        {
            sampler.Run(Plan(), Key, First + i, 1, long.MaxValue, observes: false);
            (pairs[i], returns[i], states[i]) = (sampler.FirstPairs[0], sampler.Returns[0], sampler.LastStates[0]);
        }

        return (pairs, returns, states);
    }

    private TrajectorySampler CreateSampler(ThreadTeam team)
    {
        var mdp = FrozenMdp.Create(_game, Grids.Uniform(_game.Source));
        var batch = new TabularBatch(new TabularSimulator(_game), mdp);
        var policy = new SampledPolicy(batch.PairOffsets, team);
        var uniform = Policy.Uniform(_game).Probabilities.ToArray();
        policy.Update(uniform, Array.ConvertAll(uniform, Math.Log), Temperature);
        return new TrajectorySampler(batch, policy, team);
    }

    private TrajectoryPlan Plan() =>
        new()
        {
            Start = RestartLaw.Uniform(new TabularSimulator(_game)),
            Discount = _game.Discount,
            LongestDraw = 20,
            Horizon = 10,
        };
}
