using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// Four rooms in which everybody avoids everybody: r(x, μ) = −aversion · log max(μ(x), 1e-12). A move is made, then a random push; a step into a
/// wall is not made. The uniform population is the equilibrium: it makes all policies equally good, and "stay" keeps it.
/// </summary>
/// <remarks>
/// <para>"Four rooms" of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>four_rooms_obstacles.py</c> and
/// <c>four_rooms_obstacles.yaml</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>).
/// There move and push are added and only the cell they end in is looked at, so that two steps in one direction cross a wall of one cell, and a move
/// and a push out of the grid are both lost. <c>wall-jumping</c> plays that game, for comparison with their numbers. The default is one
/// with walls (ours): each of the two steps is made or blocked by itself.</para>
/// <para>Walls are no states here; there they are, and part of the population starts in them. Their rows count upwards; the rooms are symmetric. The
/// floor under the logarithm is theirs.</para>
/// </remarks>
public sealed class FourRooms : MeanFieldGame<GridCell, GridMove>
{
    private const double LogarithmFloor = 1e-12;
    private static readonly GridMove[] Moves = Enum.GetValues<GridMove>()[..5];

    private readonly int _wall;
    private readonly HashSet<GridCell> _free;
    private readonly double _aversion;
    private readonly double _noise;
    private readonly bool _wallJumping;

    private FourRooms(ParameterValues values)
    {
        _wall = values.WholeNumber("room-size");
        _aversion = values.Number("aversion");
        _noise = values.Number("noise");
        _wallJumping = values.Switch("wall-jumping");
        Discount = values.Number("discount");
        var doors = values.Text("doors").Split(';').Select(ParseDoor).ToHashSet();
        States =
        [
            .. Enumerable
                .Range(0, Side * Side)
                .Select(n => new GridCell(n / Side, n % Side))
                .Where(cell => !IsInWall(cell) || doors.Contains(cell)),
        ];
        _free = [.. States];
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "four-rooms",
            "Four rooms with doors, in which everybody avoids everybody.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration four_rooms_obstacles; with walls that stop (ours) unless wall-jumping is set.",
            [
                CommonParameters.Count("room-size", "5", 1, 500, "Rows and columns of each room."),
                new(
                    "doors",
                    ParameterKind.Text,
                    "2,5;8,5;5,2;5,8",
                    "Free cells of the wall that crosses the grid: row,column;... from 0."
                ),
                new(
                    "wall-jumping",
                    ParameterKind.Switch,
                    "false",
                    "Look only at the cell where move and push end, as published, so that walls are crossed."
                ),
                CommonParameters.Probability(
                    "noise",
                    "0.2",
                    "Probability of a push in each of the four directions.",
                    maximum: 0.25
                ),
                CommonParameters.Weight("aversion", "1", "Strength c of the reward -c log max(m, 1e-12) for share m."),
                CommonParameters.Discount,
            ],
            values => new FourRooms(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <summary>The free cells, row by row.</summary>
    public override IReadOnlyList<GridCell> States { get; }

    private int Side => (2 * _wall) + 1;

    /// <inheritdoc />
    public override IReadOnlyList<GridMove> ActionsIn(GridCell state) => Moves;

    /// <inheritdoc />
    protected override double Reward(GridCell state, GridMove action, Population<GridCell> population) =>
        -_aversion * Math.Log(Math.Max(population.Here, LogarithmFloor));

    /// <inheritdoc />
    protected override void AddOutcomes(
        GridCell state,
        GridMove action,
        Population<GridCell> population,
        Outcomes<GridCell> outcomes
    )
    {
        foreach (var push in Moves)
        {
            var next = _wallJumping ? Allowed(state.After(action).After(push), state) : Step(Step(state, action), push);
            outcomes.Add(next, push == GridMove.Stay ? 1 - (4 * _noise) : _noise);
        }
    }

    private GridCell Step(GridCell from, GridMove move) => Allowed(from.After(move), from);

    private GridCell Allowed(GridCell to, GridCell otherwise) => _free.Contains(to) ? to : otherwise;

    private bool IsInWall(GridCell cell) => cell.Row == _wall || cell.Column == _wall;

    private GridCell ParseDoor(string text) =>
        GridCell.TryParse(text, out var door)
        && IsInWall(door)
        && (uint)door.Row < (uint)Side
        && (uint)door.Column < (uint)Side
            ? door
            : throw new ParameterException(
                $"four-rooms: door '{text}' is not in the wall; allowed: row,column with one of them {_wall} and the other 0 to {Side - 1}"
            );
}
