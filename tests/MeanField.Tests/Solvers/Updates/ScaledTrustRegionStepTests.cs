using MeanField.Solvers.Updates;

namespace MeanField.Tests.Solvers.Updates;

public class ScaledTrustRegionStepTests
{
    // t = 1/eta everywhere when nothing interacts: the step of soft policy iteration.
    [Fact]
    public void Without_interaction_the_step_is_full()
    {
        var change = new double[2];
        ScaledTrustRegionStep.Propose(0.5, 0, [0.25, 0.75], [1, -2], change);
        Assert.Equal([2, -4], change);
    }

    [Fact]
    public void What_many_do_moves_less_than_what_few_do()
    {
        var change = new double[2];
        ScaledTrustRegionStep.Propose(0.5, 2, [0.25, 0.75], [1, 1], change);
        Assert.Equal([1, 0.5], change);
    }

    [Fact]
    public void Changes_of_what_is_done_are_shrunk_together()
    {
        var logits = new double[3];
        ScaledTrustRegionStep.Apply([-1, -1, -1], [0.5, 0.4, 0.1], [8, -4, 1], logits);
        Assert.Equal([1, -2, -0.75], logits);
    }

    // A logarithm of -500 may rise to -38 at once, because below -40 nothing notices; it falls as far as it wants to.
    [Fact]
    public void What_nobody_does_rises_from_the_floor_of_what_matters()
    {
        var logits = new double[3];
        ScaledTrustRegionStep.Apply([0, -500, -30], [1, 0, 1e-13], [0, 1e5, -1e5], logits);
        Assert.Equal([0, -38, -100030], logits);
    }
}
