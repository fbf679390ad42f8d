using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// A crowd on a floor plan that wants to be near points of interest and away from each other. With probability 1 − slip the chosen
/// move is executed, with probability slip one of all moves drawn uniformly; a blocked move stays.
/// r(s, a, μ) = attraction · (1 − dist(s) / max dist) − crowding(μ(s)) − move cost · 1{a ≠ stay}, where dist is the number of moves
/// to the nearest target.
/// </summary>
/// <remarks>
/// After the grid crowd modelling of the MF-TRPO paper (arXiv 2505.22781, section 6); its constants were not available in full, so
/// all constants here are this project's own. With eight neighbours a diagonal move needs both orthogonal cells free (ours).
/// </remarks>
public sealed class CrowdGrid : DifferentiableGame<GridCell, GridMove>
{
    private const double LogarithmFloor = 1e-12;
    private static readonly GridMove[] AllMoves = Enum.GetValues<GridMove>();

    private readonly GridMove[] _moves;
    private readonly GridCell[] _cells;
    private readonly double[] _attractions;
    private readonly double _slip;
    private readonly double _congestion;
    private readonly double _congestionPower;
    private readonly double _moveCost;
    private readonly string _congestionForm;

    private CrowdGrid(ParameterValues values)
    {
        Layout = GridLayout.Parse(values.Text("layout"));
        Discount = values.Number("discount");
        _moves = AllMoves[..(values.Text("moves") == "4" ? 5 : 9)];
        _slip = values.Number("slip");
        _congestion = values.Number("congestion");
        _congestionForm = values.Text("congestion-form");
        _congestionPower = values.Number("congestion-power");
        _moveCost = values.Number("move-cost");
        Targets = FindTargets(values.Text("targets"));

        var distances = DistancesFrom(Targets);
        var freeCells = FreeCells().ToList();
        _cells = [.. freeCells.Where(distances.ContainsKey)];
        DroppedCells = freeCells.Count - _cells.Length;
        var farthest = Math.Max(1, distances.Values.Max());
        var attraction = values.Number("attraction");
        _attractions = new double[Layout.Rows * Layout.Columns];
        foreach (var cell in _cells)
        {
            _attractions[(cell.Row * Layout.Columns) + cell.Column] =
                attraction * (1 - ((double)distances[cell] / farthest));
        }
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "crowd-grid",
            "A crowd on a floor plan that wants to be near points of interest and away from each other.",
            "After the grid crowd modelling of the MF-TRPO paper (ICML 2025, arXiv 2505.22781); all constants are this project's own.",
            [
                new(
                    "layout",
                    ParameterKind.Text,
                    "...../...../...../...../....P",
                    "Rows of . free, # wall, P point of interest."
                ),
                CommonParameters.Probability(
                    "slip",
                    "0.1",
                    "Probability that a uniformly drawn move replaces the chosen one."
                ),
                CommonParameters.Discount,
                new(
                    "attraction",
                    ParameterKind.Number,
                    "1",
                    "Reward for standing on a target, falling linearly to 0 at the farthest cell."
                )
                {
                    Minimum = -1e9,
                    Maximum = 1e9,
                },
                new("congestion", ParameterKind.Number, "1", "Strength c of the aversion to crowded cells.")
                {
                    Minimum = -1e9,
                    Maximum = 1e9,
                },
                new(
                    "congestion-form",
                    ParameterKind.Choice,
                    "linear",
                    "Price of a cell with share m of the crowd: c m, c log max(m, 1e-12) or c m^power."
                )
                {
                    Choices = ["linear", "log", "power"],
                },
                new("congestion-power", ParameterKind.Number, "2", "Exponent of the power form.")
                {
                    Minimum = 0,
                    Maximum = 100,
                },
                new("move-cost", ParameterKind.Number, "0", "Cost of every action but stay.")
                {
                    Minimum = -1e9,
                    Maximum = 1e9,
                },
                new(
                    "targets",
                    ParameterKind.Text,
                    "marks",
                    "marks (the P cells), auto (south-easternmost cell of the largest part), or row,column;... from 0."
                ),
                new(
                    "moves",
                    ParameterKind.Choice,
                    "4",
                    "Neighbours that a move can reach; a diagonal move needs both cells beside it free."
                )
                {
                    Choices = ["4", "8"],
                },
            ],
            values => new CrowdGrid(values)
        );

    /// <summary>The floor plan.</summary>
    public GridLayout Layout { get; }

    /// <summary>The points of interest, all of them free cells.</summary>
    public IReadOnlyList<GridCell> Targets { get; }

    /// <summary>The number of free cells that are no states because no target can be reached from them.</summary>
    public int DroppedCells { get; }

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <inheritdoc />
    public override IReadOnlyList<GridCell> States => _cells;

    /// <inheritdoc />
    public override IReadOnlyList<GridMove> ActionsIn(GridCell state) => _moves;

    /// <inheritdoc />
    protected override double Reward(GridCell state, GridMove action, Population<GridCell> population) =>
        _attractions[(state.Row * Layout.Columns) + state.Column]
        - Crowding(population.Here)
        - (action == GridMove.Stay ? 0 : _moveCost);

    /// <inheritdoc />
    protected override void AddOutcomes(
        GridCell state,
        GridMove action,
        Population<GridCell> population,
        Outcomes<GridCell> outcomes
    )
    {
        outcomes.Add(Destination(state, action), 1 - _slip);
        foreach (var drawn in _moves)
        {
            outcomes.Add(Destination(state, drawn), _slip / _moves.Length);
        }
    }

    /// <inheritdoc />
    protected override void AddRewardDerivatives(
        GridCell state,
        GridMove action,
        Population<GridCell> population,
        Gradient<GridCell> gradient
    )
    {
        // The logarithm is flat below its floor. Where an exponent below 1 makes the power infinitely steep, its slope at the floor stands in.
        var share = population.Here;
        var slope = _congestionForm switch
        {
            "log" => share > LogarithmFloor ? 1 / share : 0,
            "power" when _congestionPower == 0 => 0,
            "power" when _congestionPower < 1 => _congestionPower
                * Math.Pow(Math.Max(share, LogarithmFloor), _congestionPower - 1),
            "power" => _congestionPower * Math.Pow(share, _congestionPower - 1),
            _ => 1,
        };
        gradient.Add(state, -_congestion * slope);
    }

    private double Crowding(double share) =>
        _congestionForm switch
        {
            "log" => _congestion * Math.Log(Math.Max(share, LogarithmFloor)),
            "power" => _congestion * Math.Pow(share, _congestionPower),
            _ => _congestion * share,
        };

    private GridCell Destination(GridCell start, GridMove move)
    {
        var to = start.After(move);
        var isOpen =
            Layout.IsFree(to)
            && Layout.IsFree(start with { Row = to.Row })
            && Layout.IsFree(start with { Column = to.Column });
        return isOpen ? to : start;
    }

    private Dictionary<GridCell, int> DistancesFrom(IReadOnlyList<GridCell> sources)
    {
        var distances = sources.ToDictionary(cell => cell, _ => 0);
        var queue = new Queue<GridCell>(sources);
        while (queue.TryDequeue(out var cell))
        {
            foreach (var move in _moves)
            {
                var next = Destination(cell, move);
                if (distances.TryAdd(next, distances[cell] + 1))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return distances;
    }

    private IEnumerable<GridCell> FreeCells()
    {
        for (var row = 0; row < Layout.Rows; row++)
        {
            for (var column = 0; column < Layout.Columns; column++)
            {
                if (Layout.IsFree(new GridCell(row, column)))
                {
                    yield return new GridCell(row, column);
                }
            }
        }
    }

    private IReadOnlyList<GridCell> FindTargets(string text)
    {
        switch (text)
        {
            case "marks" when Layout.Marks.Count > 0:
                return Layout.Marks;
            case "marks":
                throw new ParameterException(
                    "crowd-grid: the layout has no target; allowed: a 'P' in the layout, or targets=auto, or targets=row,column;..."
                );
            case "auto":
                return [AutomaticTarget()];
            default:
                return [.. text.Split(';').Select(ParseTarget).Distinct()];
        }
    }

    // The most south-easterly cell of the largest connected part, so that most of a map can reach it (ours).
    private GridCell AutomaticTarget()
    {
        var seen = new HashSet<GridCell>();
        IReadOnlyCollection<GridCell> largest = [];
        foreach (var cell in FreeCells().Where(cell => !seen.Contains(cell)))
        {
            var part = DistancesFrom([cell]).Keys;
            seen.UnionWith(part);
            largest = part.Count > largest.Count ? part : largest;
        }

        return largest.OrderByDescending(cell => cell.Row + cell.Column).ThenByDescending(cell => cell.Row).First();
    }

    private GridCell ParseTarget(string text)
    {
        if (!GridCell.TryParse(text, out var target))
        {
            throw new ParameterException(
                $"crowd-grid: target '{text}' is not a cell; allowed: row,column counted from 0"
            );
        }

        return Layout.IsFree(target)
            ? target
            : throw new ParameterException(
                $"crowd-grid: target {target} is a wall or outside; allowed: a free cell, rows 0 to {Layout.Rows - 1}, columns 0 to {Layout.Columns - 1}"
            );
    }
}
