using MeanField.Catalogue;
using MeanField.Experiments.Sweeps;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Sweeps;

public sealed class SweepCellTests
{
    private static string AddressOf(params (string Key, string Value)[] options) =>
        SweepSample.Cell(options: options).Address;

    [Fact]
    public void An_address_names_game_and_solver_and_is_fit_for_a_folder() =>
        Assert.Matches("^contraction-fixed-point-[0-9a-f]{16}$", AddressOf());

    [Fact]
    public void However_a_value_is_written_it_has_one_address()
    {
        Assert.Equal(AddressOf(), AddressOf(("population-step", "0.20"), ("start", "uniform")));
        Assert.Equal(AddressOf(("population-step", "0.5")), AddressOf(("population-step", "5e-1")));
        var game = SweepSample.Cell().Game;
        var entry = SolverCatalogue.Find("fixed-point")!;
        var options = ParameterValues.Create("solver", entry.Options, []);
        Assert.Equal(AddressOf(), new SweepCell("another name", game, entry, options, 0).Address);
    }

    // Each number moves by a little within its range, each choice and each switch to another one: all addresses must differ.
    [Fact]
    public void Every_option_of_every_solver_is_in_the_address()
    {
        foreach (var solver in SolverCatalogue.All)
        {
            var addresses = new List<string> { SweepSample.Cell(solver.Name).Address };
            foreach (var option in solver.Options)
            {
                addresses.Add(SweepSample.Cell(solver.Name, options: (option.Name, Other(option))).Address);
            }

            Assert.Distinct(addresses, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Every_parameter_of_every_game_is_in_the_address()
    {
        foreach (var game in GameCatalogue.All)
        {
            var addresses = new List<string> { SweepSample.Cell(game: game.Name).Address };
            foreach (var parameter in game.Parameters)
            {
                var other = KeyValuePair.Create(parameter.Name, Other(parameter));
                addresses.Add(SweepSample.Cell(game: game.Name, parameters: [other]).Address);
            }

            Assert.Distinct(addresses, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void A_seed_is_in_the_address_where_it_is_read()
    {
        var exact = Enumerable.Range(0, 3).Select(seed => SweepSample.Cell(seed: seed)).ToList();
        Assert.Single(exact.Select(cell => cell.Address).Distinct(StringComparer.Ordinal));
        Assert.All(exact, cell => Assert.Equal((0, false), (cell.Seed, cell.ReadsSeed)));
        var random = Enumerable
            .Range(0, 3)
            .Select(seed => SweepSample.Cell(seed: seed, options: ("start", "random")))
            .ToList();
        Assert.Distinct(random.Select(cell => cell.Address), StringComparer.Ordinal);
        Assert.Equal([0, 1, 2], random.Select(cell => cell.Seed));
    }

    private static string Other(ParameterDescription description)
    {
        string[] candidates = [.. description.Choices, "true", "false", "0.5", "2", "3", "7", "0.25", "text"];
        return candidates.First(candidate => IsAnother(description, candidate));
    }

    private static bool IsAnother(ParameterDescription description, string value)
    {
        try
        {
            string Canonical(string? text) =>
                ParameterValues
                    .Create("test", [description], text is null ? [] : [new(description.Name, text)])
                    .Text(description.Name);
            return description.Default is null || Canonical(value) != Canonical(null);
        }
        catch (ParameterException)
        {
            return false;
        }
    }
}
