using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

public class InterruptionTests
{
    [Fact]
    public void Long_rows_ask_each_and_short_ones_now_and_then()
    {
        var asked = 0;
        var interruption = new Interruption(() =>
        {
            asked++;
            return null;
        });
        for (var row = 0; row < 640; row++)
        {
            interruption.CheckRow(row, length: 3);
        }

        Assert.Equal(10, asked);
        interruption.CheckRow(1, length: 1000);
        Assert.Equal(11, asked);
    }

    [Fact]
    public void A_cancelled_token_ends_a_computation()
    {
        using var source = new CancellationTokenSource();
        var interruption = Interruption.By(source.Token);
        interruption.Check();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(interruption.Check);
        Interruption.None.Check();
    }

    // The chain of a grid takes long enough to be asked about several times while it is factored.
    [Fact]
    public void A_factorisation_is_left_when_nobody_waits_for_it()
    {
        var game = Grids.Square(40);
        var asked = 0;
        var stop = new Interruption(() => ++asked < 3 ? null : new OperationCanceledException());
        var chain = new InducedChain(game) { Interruption = stop };
        using var team = new ThreadTeam(1);
        var law = new double[game.StateCount];
        Array.Fill(law, 1.0 / law.Length);
        var mdp = FrozenMdp.Create(game, law);
        Assert.Throws<OperationCanceledException>(() =>
            new StationaryLaw(chain).Solve(mdp, Policy.Uniform(game).Probabilities.ToArray(), law, team)
        );
        Assert.Equal(3, asked);
    }

    [Fact]
    public void A_solve_that_must_stop_before_its_start_is_certified_says_so()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var context = new SolveContext { Clock = TimeProvider.System, Cancellation = source.Token };
        var game = TabularGame.Create(new RandomGame(3, states: 1500, RandomShape.Connected, discount: 0.9));
        var exception = Record.Exception(() =>
        {
            using var solver = new MfTrpo(game, new MfTrpoOptions(), context);
            var solution = solver.Run();
            Assert.Equal(SolveStatus.Cancelled, solution.Status);
        });
        Assert.True(exception is null or SolveStoppedException { Status: SolveStatus.Cancelled }, $"{exception}");
    }
}
