namespace MeanField.Solvers;

/// <summary>A policy with all that its next step needs, at one temperature.</summary>
/// <remarks>A buffer of <see cref="SoftPointEvaluator"/>; not safe for several threads.</remarks>
internal sealed class SoftPoint(int states, int pairs)
{
    private const double Spread = 0.1;

    /// <summary>log π, one finite number a pair.</summary>
    public double[] LogPolicy { get; } = new double[pairs];

    /// <summary>π, one number a pair.</summary>
    public double[] Probabilities { get; } = new double[pairs];

    /// <summary>μ^π, its stationary law, S numbers.</summary>
    public double[] MeanField { get; } = new double[states];

    /// <summary>Q(s, a) − V(s) − η log π(a|s) at μ^π, one number a pair; 0 for all at an equilibrium.</summary>
    public double[] Advantages { get; } = new double[pairs];

    /// <summary>How much each state counts: μ^π and, as a best response may go where nobody is, <see cref="Spread"/> spread evenly.</summary>
    public double Weight(int state) => MeanField[state] + (Spread / MeanField.Length);

    /// <summary>How much one step of best response gains, as computed: Σ_s w(s) Δ(s)/(1 − γ), w the weights of states and
    /// Δ(s) = η log Σ_a exp(Q(s, a)/η) − V(s); at least 0 but for rounding, and 0 at an equilibrium only.</summary>
    public double Gap { get; set; }
}
