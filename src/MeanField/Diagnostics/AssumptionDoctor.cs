using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;

namespace MeanField.Diagnostics;

/// <summary>
/// Examines whether the theory of MF-TRPO (Ocello et al., ICML 2025, assumptions) covers a game. What can be decided is decided; a violation comes
/// with its witness; what was only not found is called that.
/// </summary>
public static class AssumptionDoctor
{
    private const double HighestFactor = 64;
    private const double FixedPointTolerance = 1e-6;

    /// <summary>Examines a game. The same seed gives the same answer for any number of threads.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">What is examined.</param>
    /// <param name="seed">The seed of the random laws.</param>
    /// <param name="threads">Worker threads, at least 1.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The caller wants it to stop.</exception>
    /// <exception cref="InvalidGameException">The game is broken at some mean field.</exception>
    public static Diagnosis Examine(
        TabularGame game,
        DoctorOptions options,
        long seed = 0,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(game.StateCount);
        using var team = new ThreadTeam(threads);
        var pattern = new InducedChain(game) { Interruption = Interruption.By(cancellation) };
        var effort = SearchEffort.Of(game, options);
        var map = new PopulationOperator(pattern, options.Temperature, options.TransitionSteps, team);
        var search = new MonotonicitySearch(map, options.Temperature, effort, seed, cancellation);
        search.Run();
        var monotonicity = Judge(search);
        var isViolated = monotonicity.Verdict is AssumptionVerdict.Violated or AssumptionVerdict.Undecided;
        var tries = isViolated && game.StateCount <= SearchEffort.LargestWhole;

        var meanField = search.FixedPoint.Law;
        map.Apply(meanField, new double[meanField.Length], cancellation);
        return new Diagnosis
        {
            Options = options,
            Seed = seed,
            MeanField = meanField,
            Residual = search.Residual,
            Monotonicity = monotonicity,
            Chain = ExamineChain(map, pattern, seed, team),
            Concentrability = ExamineConcentrability(map, meanField, options.RestartLaw(meanField), team),
            EntropyBiasBound = options.Temperature * Math.Log(game.MaximumActionCount) / (1 - game.Discount),
            Budget = Prescribe(map, options),
            Step = isViolated ? null : StepAdvice.Create(monotonicity.Constant, monotonicity.Lipschitz),
            LocalStep =
                search.Residual <= FixedPointTolerance
                    ? StepAdvice.Create(monotonicity.LocalConstant, monotonicity.LocalLipschitz)
                    : null,
            TriedTemperatures = tries,
            CalmTemperature = tries ? FindCalm(pattern, options, effort.Reduced(), seed, team, cancellation) : null,
        };
    }

    private static MonotonicityReport Judge(MonotonicitySearch search)
    {
        var pair = search.Best is var (first, second)
            ? new WitnessPair
            {
                First = first.Law,
                Second = second.Law,
                Ratio = search.Ratio,
                Margin = search.Margin(first, second),
                Place = first.Place == second.Place ? first.Place : $"{first.Place} and {second.Place}",
            }
            : null;
        var constant = Math.Max(search.Ratio, search.LargestEigenvalue);
        return new MonotonicityReport
        {
            Pair = pair,
            Verdict =
                pair is not null && pair.Ratio - pair.Margin >= 1 ? AssumptionVerdict.Violated
                : constant >= 1 ? AssumptionVerdict.Undecided
                : search.FixedPoint.Law.Length == 1 ? AssumptionVerdict.Holds
                : AssumptionVerdict.NoViolationFound,
            LargestEigenvalue = search.LargestEigenvalue,
            EigenvaluePlace = search.EigenvaluePlace,
            Constant = constant,
            Lipschitz = search.Lipschitz,
            LocalConstant = search.LocalConstant,
            LocalLipschitz = search.LocalLipschitz,
            Laws = search.Laws,
            Pairs = search.Pairs,
            Derivatives = search.Derivatives,
            Dimension = search.Dimension,
            IsComplete = search.IsComplete,
        };
    }

    private static double? FindCalm(
        InducedChain pattern,
        DoctorOptions options,
        SearchEffort effort,
        long seed,
        ThreadTeam team,
        CancellationToken cancellation
    )
    {
        for (var factor = 2.0; factor <= HighestFactor; factor *= 2)
        {
            var temperature = factor * options.Temperature;
            var map = new PopulationOperator(pattern, temperature, options.TransitionSteps, team);
            var search = new MonotonicitySearch(map, temperature, effort, seed, cancellation);
            search.Run();
            if (search.Ratio < 1 && search.LargestEigenvalue < 1)
            {
                return temperature;
            }
        }

        return null;
    }

    // The graph of every policy of full support is that of the uniform one.
    private static ChainReport ExamineChain(PopulationOperator map, InducedChain pattern, long seed, ThreadTeam team)
    {
        var game = pattern.Game;
        var moves = game.Coupling == MeanFieldCoupling.RewardsAndTransitions;
        var uniform = new double[game.StateCount];
        Array.Fill(uniform, 1.0 / uniform.Length);
        var chain = pattern.Sibling();
        var policy = Policy.Uniform(game).Probabilities.ToArray();
        chain.Update(map.Mdp, policy, team);
        var structure = ChainStructure.Find(chain);
        var periods = ChainPeriod.Find(chain, structure);
        if (moves)
        {
            chain.Update(FrozenMdp.Create(game, uniform), policy, team);
            var other = ChainStructure.Find(chain);
            periods = [.. periods, .. ChainPeriod.Find(chain, other)];
            structure = other.RecurrentClasses > structure.RecurrentClasses ? other : structure;
        }

        var classOf = structure.RecurrentClass;
        return new ChainReport
        {
            Verdict =
                structure.RecurrentClasses > 1 ? AssumptionVerdict.Violated
                : moves ? AssumptionVerdict.NoViolationFound
                : AssumptionVerdict.Holds,
            RecurrentClasses = structure.RecurrentClasses,
            TransientStates = classOf.Count(c => c < 0),
            SeparateStates =
                structure.RecurrentClasses > 1 ? [Array.IndexOf(classOf, 0), Array.IndexOf(classOf, 1)] : [],
            Period = periods.Max(),
            SecondEigenvalue = ChainExamination.SecondEigenvalue(map.Chain, seed),
            Dobrushin = ChainExamination.Dobrushin(map.Chain),
        };
    }

    private static ConcentrabilityReport ExamineConcentrability(
        PopulationOperator map,
        double[] meanField,
        double[] restarts,
        ThreadTeam team
    )
    {
        var discount = map.Mdp.Game.Discount;
        var visits = new double[meanField.Length];
        new PolicyEvaluator(map.Chain, team).Visits(discount, meanField, visits);
        var missed = new List<int>();
        var (worst, coefficient) = (0, 0.0);
        for (var s = 0; s < visits.Length; s++)
        {
            var share = (1 - discount) * visits[s];
            if (!(share > 0))
            {
                continue;
            }

            if (restarts[s] == 0)
            {
                missed.Add(s);
            }

            if (share / restarts[s] > coefficient)
            {
                (worst, coefficient) = (s, share / restarts[s]);
            }
        }

        return new ConcentrabilityReport
        {
            Verdict = missed.Count > 0 ? AssumptionVerdict.Violated : AssumptionVerdict.NoViolationFound,
            Coefficient = coefficient,
            WorstState = worst,
            MissedStates = missed,
        };
    }

    private static TheoryBudget Prescribe(PopulationOperator map, DoctorOptions options)
    {
        var game = map.Mdp.Game;
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var reward in map.Mdp.Rewards)
        {
            smallest = Math.Min(smallest, reward);
            largest = Math.Max(largest, reward);
        }

        var span =
            (largest - smallest + (options.Temperature * Math.Log(game.MaximumActionCount))) / (1 - game.Discount);
        return new TheoryBudget(options.Target, span, RolloutHorizon.TheorySteps(span, options.Target, game.Discount));
    }
}
