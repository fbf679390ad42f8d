namespace MeanField.Solvers;

/// <summary>Every solver that can be named on the command line and in files.</summary>
public static class SolverCatalogue
{
    /// <summary>All solvers, in listing order.</summary>
    public static IReadOnlyList<SolverDefinition> All { get; } =
    [
        new(
            "mf-trpo",
            "Exact mean-field trust-region policy optimisation, with steps that choose themselves unless told.",
            "Ocello, Tiapkin, Mancini, Lauriere, Moulines, ICML 2025, arXiv 2505.22781; the adaptive step rule, stopping rules, warm start and all defaults are this project's own.",
            MfTrpoParameters.Descriptions,
            MfTrpoParameters.Solve
        )
        {
            Temperature = MfTrpoParameters.Temperature,
            ReadsSeed = _ => false,
        },
        new(
            "mf-trpo-sampled",
            "Mean-field trust-region policy optimisation from a simulator's samples alone; the kernel only certifies.",
            "Ocello, Tiapkin, Mancini, Lauriere, Moulines, ICML 2025, arXiv 2505.22781, section 5; the default estimator, control variates, averaging and all default constants are this project's own.",
            SampledMfTrpoParameters.Descriptions,
            SampledMfTrpoParameters.Solve
        ),
        new(
            "fixed-point",
            "Best responses to the population, which moves with them at once (pure) or in part (damped).",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), with exact best responses; Huang, Malhame, Caines, Commun. Inf. Syst. 6, 2006.",
            FixedPointOptions.Descriptions,
            (game, values, context) => FixedPoint.Solve(game, FixedPointOptions.FromParameters(values), context)
        )
        {
            Temperature = _ => 0,
            ReadsSeed = SolverDefinition.StartsAtRandom,
        },
        new(
            "fictitious-play",
            "Best responses to the average population; the answer is the average policy.",
            "Perrin, Perolat, Lauriere, Geist, Elie, Pietquin, NeurIPS 2020, arXiv 2007.03458, as in Bench-MFG (arXiv 2602.12517), with exact best responses.",
            FictitiousPlayOptions.Descriptions,
            (game, values, context) => FictitiousPlay.Solve(game, FictitiousPlayOptions.FromParameters(values), context)
        )
        {
            Temperature = _ => 0,
            ReadsSeed = SolverDefinition.StartsAtRandom,
        },
        new(
            "online-mirror-descent",
            "Softmax of the sum of all action values so far.",
            "Perolat, Perrin, Elie, Lauriere, Piliouras, Geist, Tuyls, Pietquin, AAMAS 2022, arXiv 2103.00623, as in Bench-MFG (arXiv 2602.12517), with exact action values.",
            OnlineMirrorDescentOptions.Descriptions,
            (game, values, context) =>
                OnlineMirrorDescent.Solve(game, OnlineMirrorDescentOptions.FromParameters(values), context)
        )
        {
            Temperature = _ => 0,
            ReadsSeed = SolverDefinition.StartsAtRandom,
        },
        new(
            "policy-iteration",
            "Greedy or softmax improvement of the policy, each with one move of the population.",
            "Cacace, Camilli, Goffi 2021 (greedy); Tang, Song, arXiv 2212.04791 (smooth); Cui, Koeppl, AISTATS 2021 (boltzmann); as in Bench-MFG (arXiv 2602.12517), with exact action values.",
            PolicyIterationOptions.Descriptions,
            (game, values, context) =>
                PolicyIteration.Solve(game, PolicyIterationOptions.FromParameters(values), context)
        )
        {
            Temperature = _ => 0,
            ReadsSeed = SolverDefinition.StartsAtRandom,
        },
        new(
            "proximal-point",
            "Mirror descent towards a reference policy that follows, to an equilibrium without regularisation.",
            "Isobe, Abe, Ariu, NeurIPS 2025, arXiv 2410.05127 (APP), for the stationary game; all default constants are this project's own.",
            ProximalPointOptions.Descriptions,
            (game, values, context) => ProximalPoint.Solve(game, ProximalPointOptions.FromParameters(values), context)
        )
        {
            Temperature = _ => 0,
            ReadsSeed = SolverDefinition.StartsAtRandom,
        },
        new(
            "policy-mirror-ascent",
            "Euclidean mirror ascent on the game regularised by entropy, with exact values.",
            "Yardim, Cayci, Geist, He, ICML 2023, arXiv 2212.14449; exact values instead of samples and all default constants are this project's own.",
            PolicyMirrorAscentOptions.Descriptions,
            (game, values, context) =>
                PolicyMirrorAscent.Solve(game, PolicyMirrorAscentOptions.FromParameters(values), context)
        )
        {
            ReadsSeed = SolverDefinition.StartsAtRandom,
        },
        new(
            "q-learning-two-timescale",
            "Q-learning along one trajectory, with a slow estimate of the population; the kernel only certifies.",
            "Angiuli, Fouque, Lauriere, Math. Control Signals Syst. 34, 2022, arXiv 2006.13912; all default constants are this project's own.",
            TwoTimescaleQLearningOptions.Descriptions,
            (game, values, context) =>
                TwoTimescaleQLearning.Solve(game, TwoTimescaleQLearningOptions.FromParameters(values), context)
        )
        {
            Temperature = _ => 0,
        },
        new(
            "semi-sgd",
            "SARSA along one trajectory, with policy and population moving together; the kernel only certifies.",
            "Zhang, Chen, Di, ICLR 2025, arXiv 2408.08192, tabular; start and budget are this project's own.",
            SemiSgdOptions.Descriptions,
            (game, values, context) => SemiSgd.Solve(game, SemiSgdOptions.FromParameters(values), context)
        )
        {
            Temperature = _ => 0,
        },
        new(
            "newton",
            "Newton's method on the equilibrium equations, for the last digits, very low temperatures and several equilibria.",
            "This project's own; the equations are the definition of a regularised equilibrium.",
            NewtonOptions.Descriptions,
            (game, values, context) => NewtonSolver.Solve(game, NewtonOptions.FromParameters(values), context)
        )
        {
            ReadsSeed = NewtonOptions.DrawsStarts,
        },
    ];

    /// <summary>The solver with a name, or <see langword="null"/>.</summary>
    public static SolverDefinition? Find(string name) => All.FirstOrDefault(solver => solver.Name == name);
}
