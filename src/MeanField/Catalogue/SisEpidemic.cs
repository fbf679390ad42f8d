using System.Globalization;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// An epidemic in which everybody chooses how active to be: r(x, a) = a − infection cost · 1{infected}. Of the susceptible a share
/// min(1, transmission · a · μ(infected)) is infected in a step; of the infected a share <c>recovery</c> recovers.
/// </summary>
/// <remarks>
/// <para>"SIS epidemic" of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>sis_epidemic.py</c> and <c>sis_epidemic.yaml</c>
/// (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>). Theirs draws from 100 noise
/// atoms, so that a probability below 0.005 is 0 and the epidemic dies out; here probabilities are exact, and it does not.</para>
/// <para>Letters: β transmission, ν recovery, C infection cost. The endemic equilibrium (derived for this project): the infected are fully active,
/// V(I) = −(C − 1) / (1 − γ (1 − ν)) and V(S) = 0; the susceptible are indifferent, so μ(I) = 1 / (γ β |V(I)|), and their mean activity is
/// ν / (β (1 − μ(I))). Nobody infected and everybody fully active is a second equilibrium, from which any infection leads away.</para>
/// </remarks>
public sealed class SisEpidemic : MeanFieldGame<string, double>
{
    private const string Susceptible = "susceptible";
    private const string Infected = "infected";
    private readonly double[] _activities;
    private readonly double _transmission;
    private readonly double _recovery;
    private readonly double _infectionCost;

    private SisEpidemic(ParameterValues values)
    {
        Discount = values.Number("discount");
        _transmission = values.Number("transmission");
        _recovery = values.Number("recovery");
        _infectionCost = values.Number("infection-cost");
        var levels = values.WholeNumber("activity-levels");
        _activities = [.. Enumerable.Range(0, levels).Select(level => (double)level / (levels - 1))];
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "sis",
            "An epidemic in which everybody weighs being active against being infected.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration sis_epidemic, with exact probabilities (ours).",
            [
                CommonParameters.Count("activity-levels", "5", 2, 1001, "Activities, evenly spaced from 0 to 1."),
                new(
                    "transmission",
                    ParameterKind.Number,
                    "0.8",
                    "Probability of infection at full activity among infected only; more than 1 counts as 1."
                )
                {
                    Minimum = 0,
                    Maximum = 1e9,
                },
                CommonParameters.Probability("recovery", "0.1", "Probability of recovering in a step."),
                CommonParameters.Weight("infection-cost", "10", "Cost of a step as an infected."),
                CommonParameters.Discount,
            ],
            values => new SisEpidemic(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.RewardsAndTransitions;

    /// <inheritdoc />
    public override IReadOnlyList<string> States { get; } = [Susceptible, Infected];

    /// <summary>Activities, 0 to 1.</summary>
    public override IReadOnlyList<double> ActionsIn(string state) => _activities;

    /// <inheritdoc />
    public override string ActionName(int state, int action) =>
        string.Create(CultureInfo.InvariantCulture, $"activity {_activities[action]}");

    /// <inheritdoc />
    protected override double Reward(string state, double action, Population<string> population) =>
        action - (state == Infected ? _infectionCost : 0);

    /// <inheritdoc />
    protected override void AddOutcomes(
        string state,
        double action,
        Population<string> population,
        Outcomes<string> outcomes
    )
    {
        if (state == Infected)
        {
            outcomes.Add(Susceptible, _recovery);
            outcomes.Add(Infected, 1 - _recovery);
            return;
        }

        var infection = Math.Min(1, _transmission * action * population[Infected]);
        outcomes.Add(Susceptible, 1 - infection);
        outcomes.Add(Infected, infection);
    }
}
