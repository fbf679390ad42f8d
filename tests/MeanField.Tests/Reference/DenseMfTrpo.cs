using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>Exact MF-TRPO as printed, on full arrays of decimals: Q by a linear solve, the step in log-probabilities, the population by
/// matrix products.</summary>
internal sealed class DenseMfTrpo
{
    private readonly IMeanFieldGame _game;
    private readonly decimal _temperature;
    private decimal[][] _logPolicy;

    public DenseMfTrpo(IMeanFieldGame game, double temperature)
    {
        _game = game;
        _temperature = DecimalMath.From(temperature);
        MeanField = [.. Enumerable.Repeat(1m / game.StateCount, game.StateCount)];
        _logPolicy = UniformLogPolicy();
    }

    public decimal[] MeanField { get; private set; }

    public decimal[][] Policy => [.. _logPolicy.Select(row => row.Select(DecimalMath.Exp).ToArray())];

    /// <summary>One outer iteration.</summary>
    /// <param name="stepSizes">t_l of each inner iteration, given the MDP.</param>
    /// <param name="populationStep">β.</param>
    /// <param name="transitionSteps">M, or null for the stationary law, which must be unique.</param>
    /// <param name="isWarm">Whether the inner loop goes on from the last policy.</param>
    public void Iterate(Func<DenseMdp, decimal[]> stepSizes, decimal populationStep, int? transitionSteps, bool isWarm)
    {
        var mdp = Mdp();
        if (!isWarm)
        {
            _logPolicy = UniformLogPolicy();
        }

        foreach (var t in stepSizes(mdp))
        {
            var values = mdp.ActionValues(mdp.PolicyValues(Policy, _temperature));
            for (var s = 0; s < values.Length; s++)
            {
                _logPolicy[s] = LogSoftmax([
                    .. _logPolicy[s].Zip(values[s], (log, q) => ((1 - (_temperature * t)) * log) + (t * q)),
                ]);
            }
        }

        var chain = mdp.Chain(Policy);
        var moved = transitionSteps is null ? DenseChain.StationaryLaw(chain) : MeanField;
        for (var step = 0; step < transitionSteps; step++)
        {
            moved = DenseChain.Push(chain, moved);
        }

        MeanField = [.. MeanField.Zip(moved, (old, next) => ((1 - populationStep) * old) + (populationStep * next))];
    }

    public DenseMdp Mdp() => DenseMdp.At(_game, Array.ConvertAll(MeanField, share => (double)share));

    private static decimal[] LogSoftmax(decimal[] logits)
    {
        var largest = logits.Max();
        var logSum = largest + DecimalMath.Log(logits.Sum(x => DecimalMath.Exp(x - largest)));
        return [.. logits.Select(x => x - logSum)];
    }

    private decimal[][] UniformLogPolicy() =>
        [
            .. Enumerable
                .Range(0, _game.StateCount)
                .Select(s => Enumerable.Repeat(-DecimalMath.Log(_game.ActionCount(s)), _game.ActionCount(s)).ToArray()),
        ];
}
