using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class StationaryLawTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_only_stationary_law_is_that_of_a_dense_solve(int seed)
    {
        using var check = new RandomCase(seed, RandomShape.Connected, MeanFieldCoupling.Rewards);
        new StationaryLaw(check.Chain).Solve(check.Mdp, check.Policy, check.Law, check.Team);
        var expected = DenseChain.StationaryLaw(check.DenseChain);
        Assert.All(check.Law, (share, s) => Assert.Equal((double)expected[s], share, 1e-14));
        Assert.Equal(check.Law, check.Mdp.MeanField);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void With_several_classes_it_is_the_cesaro_limit_from_the_start(int seed)
    {
        using var check = new RandomCase(seed, coupling: (MeanFieldCoupling)(seed % 2));
        var solver = new StationaryLaw(check.Chain);
        for (var trial = 0; trial < 3; trial++)
        {
            var start = RandomInputs.Law(check.States, check.Random, hasGaps: true);
            var law = Enumerable.Repeat(double.NaN, check.States).ToArray();
            solver.OfChain(start, law);
            var expected = DenseChain.LimitLaw(check.DenseChain, start);
            Assert.All(law, (share, s) => Assert.Equal(expected[s], share, 1e-11));
            Assert.Equal(1, law.Sum(), 1e-14);

            solver.OfChain(start, start);
            Assert.Equal(law, start);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Where_transitions_depend_on_the_mean_field_the_law_is_a_fixed_point(int seed)
    {
        using var check = new RandomCase(seed, coupling: MeanFieldCoupling.RewardsAndTransitions, hasGaps: false);
        new StationaryLaw(check.Chain).Solve(check.Mdp, check.Policy, check.Law, check.Team);
        Assert.Equal(check.Law, check.Mdp.MeanField);
        var dense = DenseMdp.At(check.Source, check.Law);
        var pushed = DenseChain.Push(dense.Chain(dense.ByState(check.Policy)), dense.MeanField);
        var residual = pushed.Zip(dense.MeanField, (next, share) => Math.Abs(next - share)).Sum();
        Assert.InRange((double)residual, 0, 1e-13);
        Assert.Equal(1, check.Law.Sum(), 1e-13);
    }

    // The share in state 0 moves to 1 − share: undamped steps from anywhere but one half circle for ever.
    [Fact]
    public void A_population_that_overshoots_is_settled()
    {
        var source = new PopulationGame((_, _, mu) => [(0, mu[1]), (1, mu[0])], (_, _, _) => 0);
        Assert.Equal([0.5, 0.5], Solve(source, [0.9, 0.1]), (x, y) => Math.Abs(x - y) < 1e-13);
    }

    // Infected μ₁ = 0.8 μ₁ μ₀ + 0.9 μ₁ has the roots 0 and 0.875: the epidemic stays where it is absent, and is endemic otherwise.
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 0.875)]
    public void The_fixed_point_belongs_to_the_start(double start, double infected)
    {
        var source = new PopulationGame(
            (s, _, mu) => s == 0 ? [(1, 0.8 * mu[1]), (0, 1 - (0.8 * mu[1]))] : [(0, 0.1), (1, 0.9)],
            (_, _, _) => 0
        );
        Assert.Equal(infected, Solve(source, [1 - start, start])[1], 1e-12);
    }

    // A place fills up at 0.18 and a share e of its people leaves. Where as many come as leave, (1 - m)(1 - m / 0.18) = e m: the law of the chain as
    // it stands has next to everybody there just below 0.18 and nobody above.
    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(1e-3, 0)]
    [InlineData(1e-3, 0.5)]
    [InlineData(1e-6, 0)]
    [InlineData(1e-6, 0.5)]
    [InlineData(1e-9, 0)]
    [InlineData(1e-9, 0.19)]
    [InlineData(1e-12, 0)]
    [InlineData(1e-12, 0.5)]
    public void A_place_that_fills_up_is_full_to_where_as_many_come_as_leave(double leaving, double start)
    {
        var law = Solve(FillingUp(leaving), [start, 1 - start]);
        var b = 1 + (1 / 0.18) + leaving;
        var full = (b - Math.Sqrt((b * b) - (4 / 0.18))) / (2 / 0.18);
        Assert.Equal(full, law[0], 1e-13);
        Assert.Equal(1, law.Sum(), 1e-14);
    }

    [Theory]
    [InlineData(0.18)]
    [InlineData(0.4)]
    public void A_place_that_is_over_full_and_never_left_stays_so(double start) =>
        Assert.Equal(start, Solve(FillingUp(1e-80), [start, 1 - start])[0], 1e-14);

    // On their way to the corner with probability 1 - 4 e and in any direction with e; who is there leaves with e.
    [Theory]
    [InlineData(0)]
    [InlineData(1e-3)]
    [InlineData(1e-2)]
    [InlineData(0.15)]
    public void A_crowd_before_a_full_cell_settles(double astray)
    {
        var game = TabularGame.Create(CatalogueGames.Create(KineticCongestion.Definition));
        double[] policy =
        [
            .. Enumerable
                .Range(0, 25)
                .SelectMany(s =>
                {
                    var onwards = (int)(
                        s == 24 ? GridMove.Stay
                        : s % 5 < 4 ? GridMove.Right
                        : GridMove.Down
                    );
                    return Enumerable.Range(0, 5).Select(a => a == onwards ? 1 - (4 * astray) : astray);
                }),
        ];
        using var team = new ThreadTeam(1);
        var chain = new InducedChain(game);
        var law = Grids.Uniform(game.Source);
        new StationaryLaw(chain).Solve(FrozenMdp.Create(game, law), policy, law, team);
        var dense = DenseMdp.At(game.Source, law);
        var pushed = DenseChain.Push(dense.Chain(dense.ByState(policy)), dense.MeanField);
        Assert.InRange((double)pushed.Zip(dense.MeanField, (next, share) => Math.Abs(next - share)).Sum(), 0, 2e-14);
        Assert.Equal(1, law.Sum(), 1e-13);
    }

    [Fact]
    public void A_state_that_is_practically_never_left_has_the_mass()
    {
        foreach (var link in new[] { 1e-30, 1e-200, 1e-310, double.Epsilon })
        {
            var law = Solve(ListedGame.OfChain([(0, 1 - link), (1, link)], [(0, 0.5), (1, 0.5)]), [0.25, 0.75]);
            Assert.Equal([1, 2 * link], law, (x, y) => Math.Abs(x - y) <= (1e-14 * x) + 1e-150);
        }
    }

    // A walk that goes on ten times as often as back, between walls: each state has ten times the mass of the one before, 10⁻ⁿ at the far end.
    [Theory]
    [InlineData(20, true)]
    [InlineData(20, false)]
    [InlineData(400, true)]
    [InlineData(400, false)]
    [InlineData(3000, true)]
    public void A_walk_with_drift_has_its_geometric_law_however_long_it_is(int count, bool isForward)
    {
        var (on, back) = (isForward ? 1 : -1, isForward ? -1 : 1);
        var law = Solve(
            ListedGame.OfChain([
                .. Enumerable
                    .Range(0, count)
                    .Select(s =>
                        new[]
                        {
                            (Math.Clamp(s + on, 0, count - 1), 0.5),
                            (Math.Clamp(s + back, 0, count - 1), 0.05),
                            (s, 0.45),
                        }
                    ),
            ]),
            [.. Enumerable.Repeat(1.0 / count, count)]
        );
        Assert.Equal(1, law.Sum(), 1e-14);
        for (var steps = 0; steps < Math.Min(count, 300); steps++)
        {
            var expected = 0.9 * Math.Pow(10, -steps);
            Assert.Equal(1, law[isForward ? count - 1 - steps : steps] / expected, 1e-12);
        }
    }

    // Each well is 10¹⁴⁰ times as hard to leave towards the rim as the one before: the deepest has all the mass, 10⁴²⁰ times the rim's.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_deepest_of_nested_wells_has_the_mass(bool isReversed)
    {
        int[] name = isReversed ? [3, 2, 1, 0] : [0, 1, 2, 3];
        (int, double)[][] rows =
        [
            [(name[1], 1)],
            [(name[0], 1e-140), (name[2], 0.5), (name[1], 0.5)],
            [(name[1], 1e-140), (name[3], 0.5), (name[2], 0.5)],
            [(name[2], 1e-140), (name[3], 1)],
        ];
        var law = Solve(ListedGame.OfChain([.. name.Select(s => rows[s])]), [0.25, 0.25, 0.25, 0.25]);
        Assert.All(law, (share, s) => Assert.Equal(s == name[3] ? 1 : 0, share, 1e-15));
    }

    [Theory]
    [InlineData(1e-100)]
    [InlineData(1e-200)]
    [InlineData(1e-310)]
    public void Wells_joined_by_links_too_small_to_multiply_still_give_a_law(double link)
    {
        var source = ListedGame.OfChain(
            [(0, 1 - link), (1, link)],
            [(0, link), (1, 1 - (2 * link)), (2, link)],
            [(1, link), (2, 1 - link)]
        );
        var law = Solve(source, [0.2, 0.3, 0.5]);
        Assert.Equal(1, law.Sum(), 1e-14);
        Assert.All(law, share => Assert.InRange(share, 0, 1));
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e-200)]
    [InlineData(1e-310)]
    public void A_start_that_is_hardly_ever_left_still_ends_in_the_recurrent_classes(double exit)
    {
        var law = Solve(ListedGame.OfChain([(0, 1), (1, exit), (2, 3 * exit)], [(1, 1)], [(2, 1)]), [1, 0, 0]);
        Assert.Equal([0, 0.25, 0.75], law, (x, y) => Math.Abs(x - y) <= 1e-14);
    }

    private static PopulationGame FillingUp(double leaving) =>
        new(
            (s, _, mu) =>
            {
                var refused = Math.Min(1, mu[0] / 0.18);
                return s == 0 ? [(0, 1 - leaving), (1, leaving)] : [(0, 1 - refused), (1, refused)];
            },
            (_, _, _) => 0
        );

    private static double[] Solve(IMeanFieldGame source, double[] start)
    {
        using var team = new ThreadTeam(1);
        var game = TabularGame.Create(source);
        var chain = new InducedChain(game);
        new StationaryLaw(chain).Solve(
            FrozenMdp.Create(game, start),
            Policy.Uniform(game).Probabilities.ToArray(),
            start,
            team
        );
        return start;
    }
}
