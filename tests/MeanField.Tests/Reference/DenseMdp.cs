using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>A game at one mean field as full arrays of decimals, and what can be said about its policies by the textbook formulas.</summary>
internal sealed class DenseMdp
{
    private DenseMdp(decimal discount, decimal[] meanField, decimal[][] rewards, decimal[][][] transitions)
    {
        Discount = discount;
        MeanField = meanField;
        Rewards = rewards;
        Transitions = transitions;
    }

    public decimal Discount { get; }

    public decimal[] MeanField { get; }

    /// <summary>r by state and action.</summary>
    public decimal[][] Rewards { get; }

    /// <summary>P by state, action and next state.</summary>
    public decimal[][][] Transitions { get; }

    public int StateCount => Rewards.Length;

    public static DenseMdp At(IMeanFieldGame game, ReadOnlySpan<double> meanField)
    {
        var rewards = new decimal[game.StateCount][];
        var transitions = new decimal[game.StateCount][][];
        for (var s = 0; s < game.StateCount; s++)
        {
            rewards[s] = new decimal[game.ActionCount(s)];
            transitions[s] = new decimal[game.ActionCount(s)][];
            for (var a = 0; a < game.ActionCount(s); a++)
            {
                var row = new TransitionRow();
                game.AddTransitions(s, a, meanField, row);
                transitions[s][a] = new decimal[game.StateCount];
                foreach (var (successor, probability) in row.Entries)
                {
                    transitions[s][a][successor] += DecimalMath.From(probability);
                }

                rewards[s][a] = DecimalMath.From(game.Reward(s, a, meanField));
            }
        }

        return new DenseMdp(DecimalMath.From(game.Discount), DecimalMath.From(meanField), rewards, transitions);
    }

    /// <summary>Numbers in pair order, by state and action.</summary>
    public decimal[][] ByState(ReadOnlySpan<double> pairs)
    {
        var result = new decimal[StateCount][];
        for (int s = 0, pair = 0; s < StateCount; pair += Rewards[s].Length, s++)
        {
            result[s] = DecimalMath.From(pairs.Slice(pair, Rewards[s].Length));
        }

        return result;
    }

    /// <summary>P^π(s, s') = Σ_a π(a|s) P(s'|s, a).</summary>
    public decimal[,] Chain(decimal[][] policy)
    {
        var chain = new decimal[StateCount, StateCount];
        for (var s = 0; s < StateCount; s++)
        {
            for (var a = 0; a < policy[s].Length; a++)
            {
                for (var next = 0; next < StateCount; next++)
                {
                    chain[s, next] += policy[s][a] * Transitions[s][a][next];
                }
            }
        }

        return chain;
    }

    /// <summary>Σ_a π(a|s) (r(s, a) − η log π(a|s)).</summary>
    public decimal[] ExpectedRewards(decimal[][] policy, decimal temperature)
    {
        var expected = new decimal[StateCount];
        for (var s = 0; s < StateCount; s++)
        {
            for (var a = 0; a < policy[s].Length; a++)
            {
                if (policy[s][a] > 0)
                {
                    var entropy = temperature == 0 ? 0 : -temperature * DecimalMath.Log(policy[s][a]);
                    expected[s] += policy[s][a] * (Rewards[s][a] + entropy);
                }
            }
        }

        return expected;
    }

    /// <summary>V of (I − γ P^π) V = r^π.</summary>
    public decimal[] PolicyValues(decimal[][] policy, decimal temperature) =>
        LinearSolver.Solve(
            DenseChain.OneMinus(Chain(policy), Discount, isTransposed: false),
            ExpectedRewards(policy, temperature)
        );

    /// <summary>r(s, a) + γ Σ P(s'|s, a) V(s').</summary>
    public decimal[][] ActionValues(decimal[] stateValues)
    {
        var values = new decimal[StateCount][];
        for (var s = 0; s < StateCount; s++)
        {
            values[s] = new decimal[Rewards[s].Length];
            for (var a = 0; a < values[s].Length; a++)
            {
                values[s][a] = Rewards[s][a];
                for (var next = 0; next < StateCount; next++)
                {
                    values[s][a] += Discount * Transitions[s][a][next] * stateValues[next];
                }
            }
        }

        return values;
    }

    /// <summary>The greedy policy (η = 0) or softmax(Q/η), and T V: the maximum or η log Σ exp(Q/η).</summary>
    public (decimal[][] Policy, decimal[] Values) Improve(decimal[] stateValues, decimal temperature)
    {
        var policy = ActionValues(stateValues);
        var values = new decimal[StateCount];
        for (var s = 0; s < StateCount; s++)
        {
            var largest = policy[s].Max();
            if (temperature == 0)
            {
                var best = Array.IndexOf(policy[s], largest);
                policy[s] = [.. policy[s].Select((_, a) => a == best ? 1m : 0m)];
                values[s] = largest;
            }
            else
            {
                var weights = policy[s].Select(q => DecimalMath.Exp((q - largest) / temperature)).ToArray();
                policy[s] = [.. weights.Select(w => w / weights.Sum())];
                values[s] = largest + (temperature * DecimalMath.Log(weights.Sum()));
            }
        }

        return (policy, values);
    }

    /// <summary>V with T V = V to 1e-20: policies are improved and evaluated until that equation holds, which is all that counts.</summary>
    public decimal[] OptimalValues(decimal temperature)
    {
        var values = new decimal[StateCount];
        for (var n = 0; n < 500; n++)
        {
            var (policy, improved) = Improve(values, temperature);
            if (Distance(improved, values) < 1e-20m)
            {
                return values;
            }

            values = PolicyValues(policy, temperature);
        }

        throw new InvalidOperationException("the reference found no optimal values");
    }

    /// <summary>Σ_s μ(s) (V*(s) − V^π(s)), hard or soft.</summary>
    public decimal Exploitability(decimal[][] policy, decimal temperature)
    {
        var (optimal, own) = (OptimalValues(temperature), PolicyValues(policy, temperature));
        return MeanField.Select((weight, s) => weight * (optimal[s] - own[s])).Sum();
    }

    private static decimal Distance(decimal[] left, decimal[] right) =>
        left.Zip(right, (l, r) => Math.Abs(l - r)).Max();
}
