using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>A policy and its population as full arrays of decimals, with the updates of the exact rivals as printed.</summary>
internal sealed class DensePlay(IMeanFieldGame game, decimal[][] policy, decimal[] meanField)
{
    public decimal[][] Policy { get; set; } = policy;

    public decimal[] MeanField { get; set; } = meanField;

    public DenseMdp Mdp() => At(MeanField);

    /// <summary>μ after some steps of a policy, each with the kernel of where the population is; or the only stationary law.</summary>
    public decimal[] Follow(decimal[][] policy, int? steps)
    {
        if (steps is null)
        {
            return DenseChain.StationaryLaw(Mdp().Chain(policy));
        }

        var law = MeanField;
        for (var step = 0; step < steps; step++)
        {
            law = DenseChain.Push(At(law).Chain(policy), law);
        }

        return law;
    }

    public void Move(decimal[] target, decimal share) =>
        MeanField = [.. MeanField.Zip(target, (old, next) => old + (share * (next - old)))];

    /// <summary>Q^π at μ, with the weighted log of π over a reference taken off the rewards that V collects.</summary>
    public decimal[][] ActionValues(decimal weight = 0, decimal[][]? reference = null)
    {
        var mdp = Mdp();
        var rewards = Policy
            .Select(
                (row, s) =>
                    row.Select((p, a) => p * (mdp.Rewards[s][a] - (weight == 0 ? 0 : weight * LogRatio(s, a)))).Sum()
            )
            .ToArray();
        var values = LinearSolver.Solve(
            DenseChain.OneMinus(mdp.Chain(Policy), mdp.Discount, isTransposed: false),
            rewards
        );
        return mdp.ActionValues(values);

        decimal LogRatio(int s, int a) =>
            DecimalMath.Log(Policy[s][a]) - (reference is null ? 0 : DecimalMath.Log(reference[s][a]));
    }

    /// <summary>Σ_s d(s) KL(next(·|s) ‖ π(·|s)) with d the normalised discounted visits of π from μ; every state has to be visited by both.</summary>
    public decimal PolicyKl(decimal[][] next)
    {
        var mdp = Mdp();
        var visits = DenseChain.Visits(mdp.Chain(Policy), mdp.Discount, MeanField);
        return (1 - mdp.Discount)
            * visits
                .Select(
                    (d, s) =>
                        d
                        * next[s]
                            .Select((p, a) => p == 0 ? 0 : p * (DecimalMath.Log(p) - DecimalMath.Log(Policy[s][a])))
                            .Sum()
                )
                .Sum();
    }

    public static decimal[][] Greedy(decimal[][] values) =>
        Array.ConvertAll(values, row => row.Select((_, a) => a == Array.IndexOf(row, row.Max()) ? 1m : 0m).ToArray());

    public static decimal[][] Softmax(decimal[][] logits) =>
        Array.ConvertAll(
            logits,
            row =>
            {
                var weights = Array.ConvertAll(row, x => DecimalMath.Exp(x - row.Max()));
                return Array.ConvertAll(weights, w => w / weights.Sum());
            }
        );

    private DenseMdp At(decimal[] law) => DenseMdp.At(game, Array.ConvertAll(law, share => (double)share));
}
