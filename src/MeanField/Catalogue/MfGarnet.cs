using System.Globalization;
using MeanField.Games;
using MeanField.Numerics;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// A random game drawn from a seed. Each state-action pair has a few successors k with a base law p_k; at mean field μ their weights are
/// max(0, c p_k + ρ Σ_y C_k(y) μ(y)) (additive) or p_k · max(0, c + ρ Σ_y C_k(y) μ(y)) (multiplicative), divided by their sum. Rewards are
/// c' R(s, a) + ρ' Σ_y M(s, y) μ(y) (additive) or R(s, a) · (c' + ρ' Σ_y M(s, y) μ(y)) (multiplicative), with M symmetric (potential) or
/// skew-symmetric (cyclic).
/// </summary>
/// <remarks>
/// <para>MF-Garnet of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>mf_garnet.py</c>, <c>mf_garnet.yaml</c> and
/// <c>docs/MFG_GARNET.md</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>); sizes and
/// branching of its scaling table. As there: p uniform on the simplex, C, M and R normal, c, ρ, c', ρ' uniform on [0, 1].</para>
/// <para>Changed, so that no array of S × A × S × S or S × S numbers exists: a row of C or M has <c>interactions</c> entries other than zero, each
/// multiplied by √(S / interactions), which leaves the variance of every sum over y as it was; and weight is given only to the successors of the base
/// law, where additive dynamics there lead everywhere. Also: successors of a pair are distinct (there a later draw overwrites an equal one);
/// probabilities are exact (there 64 noise atoms); where every weight is cut to 0 the base law holds (there the last state follows).</para>
/// <para>Every number is a function of the seed and of the sizes (Philox4x32-10), the same on every machine up to the last bit of its logarithm,
/// cosine and square root. Transitions are declared to depend on μ unless ρ is 0, rewards unless ρ' is 0.</para>
/// </remarks>
public sealed class MfGarnet : IMeanFieldGame
{
    private const string Drawn = "drawn";
    private const string Multiplicative = "multiplicative";
    private const long MostEntries = 100_000_000;

    private readonly int _actions;
    private readonly int _branching;
    private readonly int _interactions;
    private readonly bool _multipliesTransitions;
    private readonly bool _multipliesRewards;
    private readonly double _baseWeight;
    private readonly double _transitionCoupling;
    private readonly double _rewardWeight;
    private readonly double _rewardCoupling;
    private readonly double _weightFloor;

    // By pair and successor, and by pair, successor and watched state.
    private readonly int[] _successors;
    private readonly double[] _baseLaw;
    private readonly int[] _watched;
    private readonly double[] _transitionFactors;
    private readonly double[] _baseRewards;
    private readonly List<(int State, double Factor)>[] _rewardFactors;

    private MfGarnet(ParameterValues values)
    {
        StateCount = values.WholeNumber("states");
        _actions = values.WholeNumber("actions");
        _branching = AtMostStates(values, "branching");
        _interactions = AtMostStates(values, "interactions");
        _multipliesTransitions = values.Text("dynamics") == Multiplicative;
        _multipliesRewards = values.Text("rewards") == Multiplicative;
        _weightFloor = values.Number("weight-floor");
        Discount = values.Number("discount");
        var entries = (long)StateCount * _actions * _branching * (1L + _interactions);
        if (entries > MostEntries)
        {
            throw new ParameterException(
                $"mf-garnet: states, actions, branching and interactions make {entries} numbers; allowed: states * actions * branching * (1 + interactions) of at most {MostEntries}"
            );
        }

        var seed = values.WholeNumber("seed");
        var random = new RandomNumbers(seed, 0);
        _baseWeight = GivenOrDrawn(values, "transition-weight", ref random);
        _transitionCoupling = GivenOrDrawn(values, "transition-coupling", ref random);
        _rewardWeight = GivenOrDrawn(values, "reward-weight", ref random);
        _rewardCoupling = GivenOrDrawn(values, "reward-coupling", ref random);

        var pairs = StateCount * _actions;
        _successors = new int[pairs * _branching];
        _baseLaw = new double[_successors.Length];
        _watched = new int[_successors.Length * _interactions];
        _transitionFactors = new double[_watched.Length];
        _baseRewards = new double[pairs];
        var rewardScale = values.Number("reward-scale");
        for (var pair = 0; pair < pairs; pair++)
        {
            random = new RandomNumbers(seed, 1 + pair);
            DrawPair(pair, rewardScale, ref random);
        }

        _rewardFactors = [.. Enumerable.Range(0, StateCount).Select(_ => new List<(int, double)>())];
        var sign = values.Text("coupling") == "cyclic" ? -1 : 1;
        for (var s = 0; s < StateCount; s++)
        {
            random = new RandomNumbers(seed, 1L + pairs + s);
            DrawInteractions(s, sign, ref random);
        }
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "mf-garnet",
            "A random game drawn from a seed, with successors and rewards that depend on the population.",
            "MF-Garnet of Bench-MFG (Magnino et al., arXiv 2602.12517); couplings are sparse and probabilities exact (ours).",
            [
                CommonParameters.Count("seed", "0", int.MinValue, int.MaxValue, "What the game is drawn from."),
                CommonParameters.Count("states", "20", 2, 1_000_000, "States."),
                CommonParameters.Count("actions", "6", 1, 1000, "Actions in each state."),
                CommonParameters.Count("branching", "6", 1, 1000, "Successors of each state and action."),
                CommonParameters.Count(
                    "interactions",
                    "6",
                    1,
                    1_000_000,
                    "States whose crowd each coupling looks at; as many as states is the published law (ours)."
                ),
                Form("dynamics", "How the crowd enters the weights of successors."),
                Form("rewards", "How the crowd enters the rewards."),
                new(
                    "coupling",
                    ParameterKind.Choice,
                    "potential",
                    "What two states do to each other's rewards: the same (potential) or the opposite (cyclic)."
                )
                {
                    Choices = ["potential", "cyclic"],
                },
                Coefficient("transition-weight", "Coefficient c of the base law."),
                Coefficient("transition-coupling", "Coefficient of the crowd in the weights of successors."),
                Coefficient("reward-weight", "Coefficient of the base reward."),
                Coefficient("reward-coupling", "Coefficient of the crowd in the rewards."),
                new("reward-scale", ParameterKind.Number, "1", "Standard deviation of the base rewards.")
                {
                    Minimum = 0,
                    Maximum = 1e9,
                },
                CommonParameters.Probability("weight-floor", "0", "Added to the weight of every successor."),
                CommonParameters.Discount,
            ],
            values => new MfGarnet(values)
        );

    /// <inheritdoc />
    public int StateCount { get; }

    /// <inheritdoc />
    public double Discount { get; }

    /// <inheritdoc />
    public MeanFieldCoupling Coupling =>
        _transitionCoupling > 0 ? MeanFieldCoupling.RewardsAndTransitions
        : _rewardCoupling > 0 ? MeanFieldCoupling.Rewards
        : MeanFieldCoupling.None;

    /// <inheritdoc />
    public int ActionCount(int state) => _actions;

    /// <inheritdoc />
    public string StateName(int state) => state.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public string ActionName(int state, int action) => action.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public double Reward(int state, int action, ReadOnlySpan<double> meanField)
    {
        var crowd = 0.0;
        foreach (var (other, factor) in _rewardFactors[state])
        {
            crowd += factor * meanField[other];
        }

        var reward = _baseRewards[(state * _actions) + action];
        return _multipliesRewards
            ? reward * (_rewardWeight + (_rewardCoupling * crowd))
            : (_rewardWeight * reward) + (_rewardCoupling * crowd);
    }

    /// <inheritdoc />
    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        var first = ((state * _actions) + action) * _branching;
        var sum = 0.0;
        for (var k = first; k < first + _branching; k++)
        {
            sum += Weight(k, meanField);
        }

        for (var k = first; k < first + _branching; k++)
        {
            row.Add(_successors[k], sum > 0 ? Weight(k, meanField) / sum : _baseLaw[k]);
        }
    }

    private double Weight(int successor, ReadOnlySpan<double> meanField)
    {
        var crowd = 0.0;
        for (var i = successor * _interactions; i < (successor + 1) * _interactions; i++)
        {
            crowd += _transitionFactors[i] * meanField[_watched[i]];
        }

        var weight = _multipliesTransitions
            ? _baseLaw[successor] * Math.Max(0, _baseWeight + (_transitionCoupling * crowd))
            : Math.Max(0, (_baseWeight * _baseLaw[successor]) + (_transitionCoupling * crowd));
        return weight + _weightFloor;
    }

    private void DrawPair(int pair, double rewardScale, ref RandomNumbers random)
    {
        var first = pair * _branching;
        DrawDistinct(_successors.AsSpan(first, _branching), ref random);

        // Exponential variables divided by their sum are uniform on the simplex.
        var law = _baseLaw.AsSpan(first, _branching);
        var sum = 0.0;
        for (var k = 0; k < law.Length; k++)
        {
            law[k] = -Math.Log(1 - random.NextDouble());
            sum += law[k];
        }

        for (var k = 0; k < law.Length; k++)
        {
            law[k] /= sum;
            DrawDistinct(_watched.AsSpan((first + k) * _interactions, _interactions), ref random);
            for (var i = 0; i < _interactions; i++)
            {
                _transitionFactors[((first + k) * _interactions) + i] = Factor(ref random);
            }
        }

        _baseRewards[pair] = rewardScale * Normal(ref random);
    }

    // M = (N + Nᵀ) / 2 or (N − Nᵀ) / 2, entry by entry of the rows of N.
    private void DrawInteractions(int state, int sign, ref RandomNumbers random)
    {
        var others = new int[_interactions];
        DrawDistinct(others, ref random);
        foreach (var other in others)
        {
            var half = 0.5 * Factor(ref random);
            _rewardFactors[state].Add((other, half));
            _rewardFactors[other].Add((state, sign * half));
        }
    }

    private double Factor(ref RandomNumbers random) =>
        Math.Sqrt((double)StateCount / _interactions) * Normal(ref random);

    // Floyd's sampling: Bentley, "Programming pearls: a sample of brilliance", Communications of the ACM 30(9), 1987.
    private void DrawDistinct(Span<int> numbers, ref RandomNumbers random)
    {
        for (var k = 0; k < numbers.Length; k++)
        {
            if (numbers.Length == StateCount)
            {
                numbers[k] = k;
                continue;
            }

            var largest = StateCount - numbers.Length + k;
            var drawn = random.NextBelow(largest + 1);
            numbers[k] = numbers[..k].Contains(drawn) ? largest : drawn;
        }
    }

    // Box and Muller, Annals of Mathematical Statistics 29, 1958.
    private static double Normal(ref RandomNumbers random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    // Drawn also where it is given, so that giving one coefficient does not change the others.
    private static double GivenOrDrawn(ParameterValues values, string name, ref RandomNumbers random)
    {
        var drawn = random.NextDouble();
        return values.Text(name) == Drawn ? drawn : values.Number(name);
    }

    private int AtMostStates(ParameterValues values, string name) =>
        values.WholeNumber(name) <= StateCount
            ? values.WholeNumber(name)
            : throw new ParameterException(
                $"mf-garnet: '{name}' is {values.WholeNumber(name)}; allowed: at most the number of states, {StateCount}"
            );

    private static ParameterDescription Form(string name, string summary) =>
        new(name, ParameterKind.Choice, "additive", summary) { Choices = ["additive", Multiplicative] };

    private static ParameterDescription Coefficient(string name, string summary) =>
        new(name, ParameterKind.Number, Drawn, summary)
        {
            Minimum = 0,
            Maximum = 1,
            Choices = [Drawn],
        };
}
