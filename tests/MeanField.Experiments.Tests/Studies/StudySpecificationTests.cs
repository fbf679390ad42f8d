using MeanField.Experiments.Formats;
using MeanField.Experiments.Studies;
using MeanField.Experiments.Sweeps;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Studies;

public sealed class StudySpecificationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool> All
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var study in StudyCatalogue.All)
            {
                all.Add(study.Name, false);
                all.Add(study.Name, true);
            }

            return all;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void Every_specification_is_a_sweep_that_can_be_run(string name, bool isQuick)
    {
        var study = StudyCatalogue.Find(name)!;
        var plan = SweepFile.Read(_folder.Write("sweep.yaml", study.Specification(isQuick, [])));
        Assert.InRange(plan.Cells.Count, 2, 250);
        Assert.All(plan.Cells, cell => cell.Game.Create());
        var whole = SweepFile.Read(_folder.Write("sweep.yaml", study.Specification(isQuick: false, [])));
        Assert.True(whole.Cells.Count >= plan.Cells.Count);
    }

    // The issue of every experiment with chance: ten seeds.
    [Theory]
    [InlineData("sample-efficiency")]
    [InlineData("concentrability")]
    public void Whole_experiments_with_chance_have_ten_seeds(string name)
    {
        var text = StudyCatalogue.Find(name)!.Specification(isQuick: false, []);
        var plan = SweepFile.Read(_folder.Write("sweep.yaml", text));
        Assert.All(plan.Cells, cell => Assert.True(cell.ReadsSeed));
        Assert.Equal(10, plan.Cells.Select(cell => cell.Seed).Distinct().Count());
    }

    [Fact]
    public void Other_games_take_the_place_of_the_experiments_own()
    {
        var text = StudyCatalogue.Find("exact-rate")!.Specification(isQuick: true, ["lasry-lions", "sis"]);
        var plan = SweepFile.Read(_folder.Write("sweep.yaml", text));
        Assert.Equal(["lasry-lions", "sis"], plan.Cells.Select(cell => cell.GameName).Distinct());
    }

    [Theory]
    [InlineData("monotonicity")]
    [InlineData("concentrability")]
    public void An_experiment_about_certain_games_takes_no_others(string name)
    {
        var exception = Assert.Throws<InputFileException>(() =>
            StudyCatalogue.Find(name)!.Specification(isQuick: true, ["sis"])
        );
        Assert.Contains("is about certain games", exception.Message, StringComparison.Ordinal);
    }
}
