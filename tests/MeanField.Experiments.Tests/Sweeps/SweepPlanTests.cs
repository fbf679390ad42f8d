using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Tests.Sweeps;

public sealed class SweepPlanTests
{
    [Fact]
    public void A_cell_with_the_bits_of_another_is_left_out()
    {
        var plan = SweepPlan.Create(
            "test",
            [
                SweepSample.Cell(seed: 4),
                SweepSample.Cell(seed: 5),
                SweepSample.Cell(seed: 4, options: ("start", "random")),
                SweepSample.Cell(seed: 5, options: ("start", "random")),
                SweepSample.Cell(seed: 4, options: ("start", "random")),
            ]
        );
        Assert.Equal([0, 4, 5], plan.Cells.Select(cell => cell.Seed));
    }

    [Fact]
    public void Jobs_share_the_cells_so_that_each_is_in_one_for_any_number_of_jobs()
    {
        foreach (var cells in new[] { 0, 1, 2, 7, 12 })
        {
            var plan = SweepSample.Seeds(cells);
            for (var count = 1; count <= cells + 3; count++)
            {
                var shares = Enumerable.Range(0, count).Select(index => plan.Job(index, count).Cells).ToList();
                Assert.Equal(
                    plan.Cells.Select(cell => cell.Address).Order(StringComparer.Ordinal),
                    shares.SelectMany(share => share).Select(cell => cell.Address).Order(StringComparer.Ordinal)
                );
                Assert.InRange(shares.Max(share => share.Count) - shares.Min(share => share.Count), 0, 1);
            }
        }
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    public void There_is_no_other_job(int index, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SweepSample.Seeds(3).Job(index, count));

    [Fact]
    public void Axes_are_what_differs_between_cells_of_one_game_or_one_solver()
    {
        KeyValuePair<string, string>[] slip = [new("slip", "0.2")];
        var plan = SweepPlan.Create(
            "test",
            [
                SweepSample.Cell(options: ("population-step", "0.5")),
                SweepSample.Cell(options: ("population-step", "0.25")),
                SweepSample.Cell("newton", options: ("temperature", "0.3")),
                SweepSample.Cell(game: "crowd-grid"),
                SweepSample.Cell(game: "crowd-grid", parameters: slip),
            ]
        );
        Assert.Equal([new SweepAxis("slip", false), new SweepAxis("population-step", true)], plan.Axes);
        Assert.Equal(["game.slip", "option.population-step"], plan.Axes.Select(axis => axis.QualifiedKey));
        Assert.Equal(["0.5", "0.25", null, "0.2", "0.2"], plan.Cells.Select(cell => plan.Axes[1].Text(cell)));
        Assert.Equal([null, null, null, 0.1, 0.2], plan.Cells.Select(cell => plan.Axes[0].Number(cell)));
    }
}
