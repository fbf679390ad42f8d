using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// A grid whose cells turn away more people the fuller they are: r(x, a) = −1{x is not the target} − move cost · 1{a ≠ stay}. A move to cell y
/// succeeds with probability 1 − min(1, μ(y) / capacity) and otherwise stays; so does a move out of the grid.
/// </summary>
/// <remarks>
/// "Kinetic congestion" of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>kinetic_congestion.py</c> and
/// <c>kinetic_congestion.yaml</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>).
/// Theirs draws from 100 noise atoms; here probabilities are exact. Their rows count upwards, so their target is in the other corner of
/// the picture. Where the target is full, to stay is optimal everywhere: every population with μ(target) at least the capacity is an equilibrium.
/// </remarks>
public sealed class KineticCongestion : MeanFieldGame<GridCell, GridMove>
{
    private static readonly GridMove[] Moves = Enum.GetValues<GridMove>()[..5];

    private readonly int _rows;
    private readonly int _columns;
    private readonly GridCell _target;
    private readonly double _moveCost;
    private readonly double _capacity;

    private KineticCongestion(ParameterValues values)
    {
        _rows = values.WholeNumber("rows");
        _columns = values.WholeNumber("columns");
        _moveCost = values.Number("move-cost");
        _capacity = values.Number("capacity");
        Discount = values.Number("discount");
        _target = ParseTarget(values.Text("target"));
        States = [.. Enumerable.Range(0, _rows * _columns).Select(n => new GridCell(n / _columns, n % _columns))];
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "kinetic-congestion",
            "A crowd on its way to one cell of a grid, where a full cell lets nobody in.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration kinetic_congestion, with exact probabilities (ours).",
            [
                CommonParameters.Count("rows", "5", 1, 2000, "Rows of the grid."),
                CommonParameters.Count("columns", "5", 1, 2000, "Columns of the grid."),
                new("target", ParameterKind.Text, "4,4", "The cell to reach: row,column from 0."),
                CommonParameters.Weight(
                    "move-cost",
                    "0.1",
                    "Cost of every action but stay, whether it succeeds or not."
                ),
                new("capacity", ParameterKind.Number, "0.18", "Share of the population at which a cell is full.")
                {
                    Minimum = 0,
                    MinimumExcluded = true,
                    Maximum = 1,
                },
                CommonParameters.Discount,
            ],
            values => new KineticCongestion(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.RewardsAndTransitions;

    /// <summary>All cells, row by row.</summary>
    public override IReadOnlyList<GridCell> States { get; }

    /// <inheritdoc />
    public override IReadOnlyList<GridMove> ActionsIn(GridCell state) => Moves;

    /// <inheritdoc />
    protected override double Reward(GridCell state, GridMove action, Population<GridCell> population) =>
        -(state == _target ? 0 : 1) - (action == GridMove.Stay ? 0 : _moveCost);

    /// <inheritdoc />
    protected override void AddOutcomes(
        GridCell state,
        GridMove action,
        Population<GridCell> population,
        Outcomes<GridCell> outcomes
    )
    {
        var next = state.After(action);
        if (next == state || !IsInside(next))
        {
            outcomes.Add(state, 1);
            return;
        }

        var refused = Math.Min(1, population[next] / _capacity);
        outcomes.Add(next, 1 - refused);
        outcomes.Add(state, refused);
    }

    private bool IsInside(GridCell cell) => (uint)cell.Row < (uint)_rows && (uint)cell.Column < (uint)_columns;

    private GridCell ParseTarget(string text) =>
        GridCell.TryParse(text, out var target) && IsInside(target)
            ? target
            : throw new ParameterException(
                $"kinetic-congestion: target '{text}' is no cell; allowed: row,column with rows 0 to {_rows - 1} and columns 0 to {_columns - 1}"
            );
}
