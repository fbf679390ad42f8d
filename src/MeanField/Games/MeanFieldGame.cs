namespace MeanField.Games;

/// <summary>
/// The base of a game written in its own terms: a state and an action may be any value (a cell, a node, a bar on the beach).
/// A new game is one class that answers five questions: which states, which actions in each, what discount, what couples to the
/// population, and, for one state and action, what reward and which outcomes.
/// </summary>
/// <example>
/// Two bars; everybody may stay or switch, and a full bar is no fun:
/// <code>
/// public sealed class TwoBars : MeanFieldGame&lt;string, bool&gt;
/// {
///     public override double Discount => 0.9;
///     public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;
///     public override IReadOnlyList&lt;string&gt; States => ["left", "right"];
///     public override IReadOnlyList&lt;bool&gt; ActionsIn(string state) => [false, true];
///     protected override double Reward(string state, bool move, Population&lt;string&gt; population) => -population.Here - (move ? 0.1 : 0);
///     protected override void AddOutcomes(string state, bool move, Population&lt;string&gt; population, Outcomes&lt;string&gt; outcomes) =>
///         outcomes.Add(move == (state == "left") ? "right" : "left", 1);
/// }
/// </code>
/// </example>
/// <remarks>The order of <see cref="States"/> and <see cref="ActionsIn"/> defines all indices and must never change.</remarks>
/// <typeparam name="TState">A state: an immutable value with equality.</typeparam>
/// <typeparam name="TAction">An action.</typeparam>
public abstract class MeanFieldGame<TState, TAction> : IMeanFieldGame
    where TState : notnull
{
    private readonly Lazy<Listing> _listing;

    /// <summary>Creates the base; states and actions are asked for once, at first use.</summary>
    protected MeanFieldGame() => _listing = new Lazy<Listing>(List);

    /// <inheritdoc />
    public abstract double Discount { get; }

    /// <inheritdoc />
    public abstract MeanFieldCoupling Coupling { get; }

    /// <summary>All states, without duplicates, in index order.</summary>
    public abstract IReadOnlyList<TState> States { get; }

    /// <inheritdoc />
    public int StateCount => _listing.Value.States.Length;

    /// <summary>The actions feasible in a state, in index order. At least one.</summary>
    public abstract IReadOnlyList<TAction> ActionsIn(TState state);

    /// <inheritdoc />
    public int ActionCount(int state) => _listing.Value.Actions[state].Count;

    /// <inheritdoc />
    public double Reward(int state, int action, ReadOnlySpan<double> meanField)
    {
        var listing = _listing.Value;
        var population = new Population<TState>(meanField, listing.Indices, state);
        return Reward(listing.States[state], listing.Actions[state][action], population);
    }

    /// <inheritdoc />
    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        var listing = _listing.Value;
        var population = new Population<TState>(meanField, listing.Indices, state);
        AddOutcomes(
            listing.States[state],
            listing.Actions[state][action],
            population,
            new Outcomes<TState>(row, listing.Indices)
        );
    }

    /// <inheritdoc />
    public virtual string StateName(int state) => _listing.Value.States[state].ToString() ?? "";

    /// <inheritdoc />
    public virtual string ActionName(int state, int action) => _listing.Value.Actions[state][action]?.ToString() ?? "";

    /// <summary>r(s, a, μ), a finite number.</summary>
    protected abstract double Reward(TState state, TAction action, Population<TState> population);

    /// <summary>Lists the possible next states with their probabilities, which must sum to one. The set of states listed must not
    /// depend on the population; list one with probability 0 where it cannot be reached.</summary>
    protected abstract void AddOutcomes(
        TState state,
        TAction action,
        Population<TState> population,
        Outcomes<TState> outcomes
    );

    private protected Dictionary<TState, int> Indices => _listing.Value.Indices;

    private protected TState StateAt(int state) => _listing.Value.States[state];

    private protected TAction ActionAt(int state, int action) => _listing.Value.Actions[state][action];

    private Listing List()
    {
        TState[] states = [.. States];
        var indices = new Dictionary<TState, int>(states.Length);
        for (var s = 0; s < states.Length; s++)
        {
            if (!indices.TryAdd(states[s], s))
            {
                throw new InvalidGameException([
                    new GameFinding($"state {states[s]}", "is listed twice", "each state once"),
                ]);
            }
        }

        return new Listing(states, indices, [.. states.Select(ActionsIn)]);
    }

    private sealed record Listing(TState[] States, Dictionary<TState, int> Indices, IReadOnlyList<TAction>[] Actions);
}
