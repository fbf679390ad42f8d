using System.Globalization;
using MeanField.Numerics;

namespace MeanField.Games;

/// <summary>
/// A mean-field game that is known only by simulating it: <see cref="Reset"/> puts a player somewhere, <see cref="Step"/> moves it once while
/// the population stands still (the ν-restart model of the MF-TRPO paper, section 5). Every game with a kernel is one already.
/// </summary>
/// <remarks>
/// Solvers step only from states that a reset or an earlier step of the same trajectory led to. With more than one thread the members are called
/// from several threads at once; draw every random number from the stream that is passed, or answers are not reproducible.
/// </remarks>
public interface IGenerativeModel
{
    /// <summary>S, at least one. States are numbered from 0.</summary>
    int StateCount { get; }

    /// <summary>γ, greater than 0 and less than 1.</summary>
    double Discount { get; }

    /// <summary>What depends on the mean field. Transitions seen at one mean field are reused at another only when they do not.</summary>
    MeanFieldCoupling Coupling { get; }

    /// <summary>The range of all rewards. A reward outside it ends a solve. Infinite ends (the default) declare nothing; the theory's
    /// horizon then cannot be computed.</summary>
    Interval RewardRange => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether two rewards for the same state, action and mean field can differ. Default <see langword="false"/>: the last one seen
    /// counts; otherwise rewards are averaged.</summary>
    bool HasRandomRewards => false;

    /// <summary>The number of actions feasible in a state, at least one. Actions are numbered from 0 within a state.</summary>
    int ActionCount(int state);

    /// <summary>Draws a state from the simulator's own restart law ν.</summary>
    int Reset(ref RandomNumbers random);

    /// <summary>Takes an action in a state while the population is distributed as the mean field.</summary>
    /// <param name="state">0 to S − 1.</param>
    /// <param name="action">0 to A(s) − 1.</param>
    /// <param name="meanField">μ, length S; valid during the call.</param>
    /// <param name="random">Where random numbers come from.</param>
    SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random);

    /// <summary>A state's name for people. Default: its number.</summary>
    string StateName(int state) => state.ToString(CultureInfo.InvariantCulture);

    /// <summary>An action's name for people. Default: its number.</summary>
    string ActionName(int state, int action) => action.ToString(CultureInfo.InvariantCulture);
}
