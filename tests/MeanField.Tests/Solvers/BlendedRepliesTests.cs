using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class BlendedRepliesTests
{
    private static readonly SolveContext Context = new() { Clock = new FakeClock() };

    // The entry that the catalogue would have.
    private static readonly SolverDefinition Definition = new(
        "blended-replies",
        "Habits that change slowly towards best responses.",
        "An example.",
        BlendedRepliesOptions.Descriptions,
        (game, values, context) => BlendedReplies.Solve(game, BlendedRepliesOptions.FromParameters(values), context)
    )
    {
        Temperature = _ => 0,
        ReadsSeed = SolverDefinition.StartsAtRandom,
    };

    // From the uniform policy with α = 1 the shares are 1, 1/2, 1/3, ...: the policy is the mean of all best responses.
    [Fact]
    public void With_share_one_the_first_policy_is_the_best_response_to_the_uniform_crowd()
    {
        var game = Grids.Tabulated(Grids.Walls);
        using var solver = new BlendedReplies(game, new BlendedRepliesOptions { Share = 1 }, Context);
        solver.Step();
        Assert.All(solver.Policy.ToArray(), probability => Assert.True(probability is 0 or 1));
        solver.Step();
        Assert.All(solver.Policy.ToArray(), probability => Assert.True(probability is 0 or 0.5 or 1));
    }

    [Fact]
    public void The_crowd_grid_gets_better_and_better()
    {
        var values = ParameterValues.Create(
            "solver",
            Definition.Options,
            [new("outer-iterations", "300"), new("stall-after", "0")]
        );
        var trace = Definition.Solve(Grids.Tabulated(Grids.Empty), values, Context).Trace;
        Assert.Equal(3.554897784, trace[0].Exploitability.Upper, 1e-8);
        Assert.InRange(trace[^1].Exploitability.Upper, 0, 0.1);
    }

    [Fact]
    public void It_goes_on_where_it_stopped()
    {
        var game = Grids.Tabulated(Grids.Empty);
        var options = new BlendedRepliesOptions { OuterIterations = 9 };
        using var first = new BlendedReplies(game, options, Context);
        first.Step();
        using var second = new BlendedReplies(game, options, Context);
        second.RestoreState(first.SaveState());
        Assert.Equal(
            BlendedReplies.Solve(game, options, Context).Last.Policy.Probabilities,
            second.Run().Last.Policy.Probabilities
        );
    }
}
