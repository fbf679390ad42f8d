using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>
/// Estimates what deviating from a policy gains, where only a simulator is known: a best response in the model of everything seen, then policy and
/// deviation side by side in the simulator, from the mean field, with the same random numbers and a geometric clock.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class DeviationEstimator(SampledIteration iteration, ThreadTeam team, int trajectories)
{
    private const int RefreshPart = 0;
    private const int GainPart = 1;

    private readonly SamplingSession _session = iteration.Session;

    /// <summary>Adds estimates of φ and φ_η to an iterate.</summary>
    /// <param name="iterate">The iterate.</param>
    /// <returns>The iterate with what could be estimated before the caller wanted to stop.</returns>
    /// <exception cref="Games.SimulatorException">The simulator failed.</exception>
    public SimulatorIterate Judge(SimulatorIterate iterate)
    {
        var meanField = iterate.MeanField.ToArray();
        _session.MoveTo(meanField, team);
        var policy = iterate.Policy.Probabilities.ToArray();
        if (!Refresh(policy, meanField))
        {
            return iterate;
        }

        var temperature = _session.Settings.Exact.Temperature;
        return iterate with { Exploitability = Gain(policy, 0), RegularizedExploitability = Gain(policy, temperature) };
    }

    // What a deviation would see at this mean field. Where that depends on it, pairs that are tried now forget what they showed at others: a model that
    // mixes mean fields finds poor deviations.
    private bool Refresh(double[] policy, double[] meanField)
    {
        var model = iteration.Model!;
        Follow(HalfUniform(policy), 0);
        var plan = Plan(_session.Restart) with { HasUniformFirstAction = true, LongestDraw = int.MaxValue };
        model.Renew();
        var isComplete = _session.Evaluate(plan, RefreshPart, trajectories, observes: true, _ => model.Collect());
        model.Renew();
        model.Update(meanField);
        return isComplete;
    }

    // Every other action is a random one: a deviation is made of actions that the policy seldom takes.
    private double[] HalfUniform(double[] policy)
    {
        var offsets = _session.Simulator.PairOffsets;
        var mixed = new double[policy.Length];
        for (var s = 0; s < offsets.Length - 1; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                mixed[pair] = 0.5 * (policy[pair] + (1.0 / (offsets[s + 1] - offsets[s])));
            }
        }

        return mixed;
    }

    private MonteCarloEstimate? Gain(double[] policy, double temperature)
    {
        var model = iteration.Model!;
        var response = new BestResponse(model.Pattern!, team);
        response.Solve(
            model.Mdp!,
            temperature,
            _session.Settings.Exact.EvaluationTolerance,
            new double[model.Mdp!.Game.StateCount]
        );
        var gains = new double[trajectories];
        var isComplete =
            AddReturns(response.Policy.ToArray(), temperature, 1, gains) && AddReturns(policy, temperature, -1, gains);
        return isComplete ? MonteCarloEstimate.Of(gains) : null;
    }

    // The model must not learn from what judges its deviations: the next iterate is judged on the same random numbers.
    private bool AddReturns(double[] policy, double temperature, double sign, double[] gains)
    {
        Follow(policy, temperature);
        var done = 0;
        return _session.Evaluate(
            Plan(_session.MeanField),
            GainPart,
            trajectories,
            observes: false,
            count =>
            {
                for (var i = 0; i < count; i++)
                {
                    gains[done + i] += sign * _session.Sampler.Returns[i];
                }

                done += count;
            }
        );
    }

    // An action that is never taken needs no logarithm.
    private void Follow(double[] policy, double temperature)
    {
        var logarithms = Array.ConvertAll(policy, p => p > 0 ? Math.Log(p) : 0);
        _session.Policy.Update(policy, logarithms, temperature);
    }

    private TrajectoryPlan Plan(RestartLaw start) =>
        new()
        {
            Start = start,
            Discount = _session.Simulator.Model.Discount,
            LongestDraw = 0,
            Horizon = null,
            HasUniformFirstAction = false,
        };
}
