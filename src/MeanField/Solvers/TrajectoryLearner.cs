using System.Globalization;
using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers.Updates;

namespace MeanField.Solvers;

/// <summary>
/// One trajectory through a simulator that never ends, and what a tabular learner keeps of it: action values, an estimate of the population and the policy
/// of softmax(Q/τ). The random numbers of a step are a function of the seed and the number of the step.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads. One trajectory is one thread's work, whatever the number of threads.</remarks>
internal sealed class TrajectoryLearner
{
    private const int SamplesPerPair = 200;
    private const int StepsPerCheck = 1024;

    private readonly IGenerativeModel _model;
    private readonly int[] _pairOffsets;
    private readonly double _temperature;
    private readonly ulong _key;
    private readonly long _budget;
    private readonly int _iterationSteps;
    private readonly StopSignal _stop;
    private readonly double[] _row;
    private readonly double[] _startPolicy;
    private readonly double[] _startMeanField;

    /// <summary>Starts from Q = 0 and the uniform population, in a state that the simulator draws.</summary>
    /// <param name="model">The simulator.</param>
    /// <param name="options">How much may be sampled.</param>
    /// <param name="temperature">τ of the policy.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stop">Looked at between steps.</param>
    public TrajectoryLearner(
        IGenerativeModel model,
        TrajectoryOptions options,
        double temperature,
        long seed,
        StopSignal stop
    )
    {
        _model = model;
        _temperature = temperature;
        _stop = stop;
        _key = Philox.DeriveKey(seed, 0, 0, (int)SamplingPurpose.Trajectory);
        _pairOffsets = new int[model.StateCount + 1];
        for (var s = 0; s < model.StateCount; s++)
        {
            _pairOffsets[s + 1] = _pairOffsets[s] + model.ActionCount(s);
        }

        var pairs = _pairOffsets[^1];
        _budget = options.SampleBudget > 0 ? options.SampleBudget : (long)SamplesPerPair * pairs;
        _iterationSteps = options.IterationSteps > 0 ? options.IterationSteps : pairs;
        _row = new double[pairs];
        ActionValues = new double[pairs];
        Probabilities = new double[pairs];
        MeanField = new double[model.StateCount];
        Array.Fill(MeanField, 1.0 / model.StateCount);
        UpdatePolicy();
        _startPolicy = new double[pairs];
        _startMeanField = new double[model.StateCount];
        var random = new RandomNumbers(_key, step: 0, trajectory: 0, firstDraw: 0);
        State = model.Reset(ref random);
        Account = new SampleAccount(1, 0, 0);
    }

    /// <summary>Q, one number a pair.</summary>
    public double[] ActionValues { get; }

    /// <summary>The policy as of the end of the last iteration, one probability a pair.</summary>
    public double[] Probabilities { get; }

    /// <summary>The estimate of the population, by state.</summary>
    public double[] MeanField { get; }

    /// <summary>Where the trajectory is.</summary>
    public int State { get; private set; }

    /// <summary>Steps of the trajectory so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The reset counts as state drawing, and every step as roll-out.</summary>
    public SampleAccount Account { get; private set; }

    /// <summary>What may be spent in all.</summary>
    public long Budget => _budget;

    /// <summary>Takes the steps of an outer iteration, or as many as the budget still pays for, and updates the policy.</summary>
    /// <param name="learn">Takes one step and learns from it, given its random numbers.</param>
    /// <param name="change">‖μ_{k+1} − μ_k‖₁ over the iteration.</param>
    /// <param name="policyKl">Σ_s μ_{k+1}(s) KL(π_{k+1}(·|s) ‖ π_k(·|s)).</param>
    /// <param name="ending">Why the solve must end after it, or <see langword="null"/>.</param>
    /// <returns>Whether a step was taken and the solve need not stop before the iteration is over.</returns>
    public bool Iterate(LearnFromStep learn, out double change, out double policyKl, out SolveStatus? ending)
    {
        (change, policyKl, ending) = (0, 0, null);
        Probabilities.CopyTo(_startPolicy, 0);
        MeanField.CopyTo(_startMeanField, 0);
        var first = Steps;
        while (Steps - first < _iterationSteps)
        {
            if (Account.Total >= _budget)
            {
                ending = SolveStatus.SampleLimit;
                break;
            }

            if ((Steps - first) % StepsPerCheck == 0 && _stop.Reason is not null)
            {
                return false;
            }

            var random = new RandomNumbers(_key, step: 0, (ulong)(Steps + 1), firstDraw: 0);
            learn(ref random);
        }

        UpdatePolicy();
        change = Markov.PopulationFlow.Distance(MeanField, _startMeanField);
        policyKl = PolicyKl();
        ending ??= Account.Total >= _budget ? SolveStatus.SampleLimit : null;
        return Steps > first;
    }

    /// <summary>Draws an action of a state: with a probability uniformly, else from the policy of the action values as they are.</summary>
    /// <param name="state">The state.</param>
    /// <param name="exploration">The probability.</param>
    /// <param name="random">The numbers of the step.</param>
    /// <returns>The pair.</returns>
    public int DrawPair(int state, double exploration, ref RandomNumbers random)
    {
        var (start, count) = (_pairOffsets[state], _pairOffsets[state + 1] - _pairOffsets[state]);
        if (exploration > 0 && random.NextDouble() < exploration)
        {
            return start + random.NextBelow(count);
        }

        var row = _row.AsSpan(0, count);
        TabularLearning.SoftmaxRow(ActionValues.AsSpan(start, count), _temperature, row);
        var uniform = random.NextDouble();
        var drawn = 0;
        for (var a = 0; a < count && uniform >= 0; a++)
        {
            drawn = row[a] > 0 ? a : drawn;
            uniform -= row[a];
        }

        return start + drawn;
    }

    /// <summary>Takes an action where the trajectory is, among the population as estimated.</summary>
    /// <param name="pair">A pair of <see cref="State"/>.</param>
    /// <param name="random">The numbers of the step.</param>
    /// <returns>The reward.</returns>
    public double Step(int pair, ref RandomNumbers random)
    {
        var answer = _model.Step(State, pair - _pairOffsets[State], MeanField, ref random);
        State = answer.Next;
        Steps++;
        Account = new SampleAccount(1, Steps, 0);
        return answer.Reward;
    }

    /// <summary>max_a Q(s, a).</summary>
    public double LargestValue(int state)
    {
        var largest = double.NegativeInfinity;
        for (var pair = _pairOffsets[state]; pair < _pairOffsets[state + 1]; pair++)
        {
            largest = Math.Max(largest, ActionValues[pair]);
        }

        return largest;
    }

    /// <summary>How sampling goes, in one sentence for people.</summary>
    public string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"one trajectory, {_iterationSteps} steps an outer iteration, at most {_budget} samples"
        );

    /// <summary>Where the trajectory is, and what was learned from it.</summary>
    public void Exchange(StateArchive archive)
    {
        archive.Numbers("actionValues", ActionValues.AsSpan());
        archive.Numbers("probabilities", Probabilities.AsSpan());
        archive.Numbers("population", MeanField.AsSpan());
        State = archive.Value("state", State);
        Steps = archive.Value("steps", Steps);
        Account = archive.Value("account", Account);
    }

    private void UpdatePolicy()
    {
        for (var s = 0; s < MeanField.Length; s++)
        {
            var (start, count) = (_pairOffsets[s], _pairOffsets[s + 1] - _pairOffsets[s]);
            TabularLearning.SoftmaxRow(
                ActionValues.AsSpan(start, count),
                _temperature,
                Probabilities.AsSpan(start, count)
            );
        }
    }

    private double PolicyKl()
    {
        var sum = 0.0;
        for (var s = 0; s < MeanField.Length; s++)
        {
            var divergence = 0.0;
            for (var pair = _pairOffsets[s]; pair < _pairOffsets[s + 1]; pair++)
            {
                var probability = Probabilities[pair];
                divergence += probability > 0 ? probability * Math.Log(probability / _startPolicy[pair]) : 0;
            }

            sum += MeanField[s] > 0 ? MeanField[s] * Math.Max(0, divergence) : 0;
        }

        return sum;
    }
}

/// <summary>Takes one step of the trajectory and learns from it.</summary>
internal delegate void LearnFromStep(ref RandomNumbers random);
