using MeanField.Numerics;

namespace MeanField.Tests.Reference;

/// <summary>The random game of MF-Garnet on full arrays, S × A × S × S of them for the couplings, by the published formulas.</summary>
internal sealed class DenseGarnet
{
    private readonly double[,,] _baseLaw;
    private readonly double[,,,] _factors;
    private readonly double[,] _rewards;
    private readonly double[,] _interactions;
    private readonly int _states;

    public DenseGarnet(int seed, int states, int actions, int branching, int interactions, bool isCyclic)
    {
        _states = states;
        _baseLaw = new double[states, actions, states];
        _factors = new double[states, actions, states, states];
        _rewards = new double[states, actions];
        _interactions = new double[states, states];
        var random = new RandomNumbers(seed, 0);
        Coefficients = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble())];
        for (var s = 0; s < states; s++)
        {
            for (var a = 0; a < actions; a++)
            {
                random = new RandomNumbers(seed, 1 + (s * actions) + a);
                var successors = Distinct(branching, ref random);
                var weights = new double[branching];
                for (var k = 0; k < branching; k++)
                {
                    weights[k] = -Math.Log(1 - random.NextDouble());
                }

                for (var k = 0; k < branching; k++)
                {
                    _baseLaw[s, a, successors[k]] = weights[k] / weights.Sum();
                    foreach (var y in Distinct(interactions, ref random))
                    {
                        _factors[s, a, successors[k], y] = Factor(interactions, ref random);
                    }
                }

                _rewards[s, a] = Normal(ref random);
            }
        }

        var drawn = new double[states, states];
        for (var s = 0; s < states; s++)
        {
            random = new RandomNumbers(seed, 1 + (states * actions) + s);
            foreach (var y in Distinct(interactions, ref random))
            {
                drawn[s, y] = Factor(interactions, ref random);
            }
        }

        for (var s = 0; s < states; s++)
        {
            for (var y = 0; y < states; y++)
            {
                _interactions[s, y] = 0.5 * (drawn[s, y] + ((isCyclic ? -1 : 1) * drawn[y, s]));
            }
        }
    }

    /// <summary>c, ρ, c', ρ' as drawn.</summary>
    public double[] Coefficients { get; }

    public double Reward(int state, int action, double[] meanField, bool isProduct)
    {
        var crowd = Enumerable.Range(0, _states).Sum(y => _interactions[state, y] * meanField[y]);
        var (own, coupling) = (Coefficients[2], Coefficients[3]);
        return isProduct
            ? _rewards[state, action] * (own + (coupling * crowd))
            : (own * _rewards[state, action]) + (coupling * crowd);
    }

    public double[] Row(int state, int action, double[] meanField, bool isProduct, double floor)
    {
        var row = new double[_states];
        for (var next = 0; next < _states; next++)
        {
            var law = _baseLaw[state, action, next];
            if (law > 0)
            {
                var crowd = Enumerable.Range(0, _states).Sum(y => _factors[state, action, next, y] * meanField[y]);
                var (own, coupling) = (Coefficients[0], Coefficients[1]);
                row[next] =
                    floor
                    + (
                        isProduct
                            ? law * Math.Max(0, own + (coupling * crowd))
                            : Math.Max(0, (own * law) + (coupling * crowd))
                    );
            }
        }

        var sum = row.Sum();
        return [.. row.Select((weight, next) => sum > 0 ? weight / sum : _baseLaw[state, action, next])];
    }

    private List<int> Distinct(int count, ref RandomNumbers random)
    {
        if (count == _states)
        {
            return [.. Enumerable.Range(0, count)];
        }

        var numbers = new List<int>();
        for (var largest = _states - count; largest < _states; largest++)
        {
            var drawn = random.NextBelow(largest + 1);
            numbers.Add(numbers.Contains(drawn) ? largest : drawn);
        }

        return numbers;
    }

    private double Factor(int interactions, ref RandomNumbers random) =>
        Math.Sqrt((double)_states / interactions) * Normal(ref random);

    private static double Normal(ref RandomNumbers random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
