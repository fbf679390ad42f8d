using System.Globalization;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// Strategies that beat each other in a circle: the action names the next strategy, and r(x, μ) = Σ_y A(x, y) μ(y) with a skew-symmetric payoff
/// matrix A. Populations chase each other round the equilibrium, which makes this a hard game for best responses.
/// </summary>
/// <remarks>
/// "Rock-paper-scissors" of Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>rock_paper_scissors.py</c> and
/// <c>rock_paper_scissors.yaml</c> (Magnino, Shen, Geist, Pietquin, Laurière, <see href="https://arxiv.org/abs/2602.12517">arXiv 2602.12517</see>).
/// The reward is that of the strategy being played, not of the one chosen next, as there. There the matrix is fixed; here it is a parameter,
/// of any size. Every population with A μ = 0 is an equilibrium: the uniform one where all rows of A sum to zero, and (c, b, a) / (a + b + c)
/// where paper wins a against rock, rock b against scissors and scissors c against paper.
/// </remarks>
public sealed class RockPaperScissors : MeanFieldGame<string, string>
{
    private const int MostStrategies = 100;
    private readonly Dictionary<string, double[]> _payoffs;

    private RockPaperScissors(ParameterValues values)
    {
        Discount = values.Number("discount");
        var matrix = ParseMatrix(values.Text("payoffs"));
        States =
            matrix.Length == 3
                ? ["rock", "paper", "scissors"]
                : [.. Enumerable.Range(0, matrix.Length).Select(x => $"strategy {x}")];
        _payoffs = States.Zip(matrix).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "rock-paper-scissors",
            "Strategies that beat each other in a circle, played against the whole population.",
            "Bench-MFG (Magnino et al., arXiv 2602.12517), configuration rock_paper_scissors; the matrix is a parameter (ours).",
            [
                new(
                    "payoffs",
                    ParameterKind.Text,
                    "0,-1,1/1,0,-1/-1,1,0",
                    "Skew-symmetric matrix: what each strategy gains against each; rows separated by /."
                ),
                CommonParameters.Discount,
            ],
            values => new RockPaperScissors(values)
        );

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <inheritdoc />
    public override IReadOnlyList<string> States { get; }

    /// <summary>The strategy to play next: any.</summary>
    public override IReadOnlyList<string> ActionsIn(string state) => States;

    /// <inheritdoc />
    protected override double Reward(string state, string action, Population<string> population)
    {
        var payoffs = _payoffs[state];
        var sum = 0.0;
        for (var y = 0; y < payoffs.Length; y++)
        {
            sum += payoffs[y] * population[States[y]];
        }

        return sum;
    }

    /// <inheritdoc />
    protected override void AddOutcomes(
        string state,
        string action,
        Population<string> population,
        Outcomes<string> outcomes
    ) => outcomes.Add(action, 1);

    private static double[][] ParseMatrix(string text)
    {
        double[][] matrix =
        [
            .. text.Split('/').Select((row, x) => row.Split(',').Select(e => ParseEntry(e, x)).ToArray()),
        ];
        if (matrix.Length > MostStrategies)
        {
            throw new ParameterException(
                $"rock-paper-scissors: payoffs have {matrix.Length} rows; allowed: at most {MostStrategies}"
            );
        }

        for (var x = 0; x < matrix.Length; x++)
        {
            if (matrix[x].Length != matrix.Length)
            {
                throw new ParameterException(
                    $"rock-paper-scissors: payoffs row {x} has {matrix[x].Length} entries; allowed: {matrix.Length}, as many as rows"
                );
            }
        }

        for (var x = 0; x < matrix.Length; x++)
        {
            for (var y = 0; y <= x; y++)
            {
                if (!matrix[x][y].Equals(0 - matrix[y][x]))
                {
                    throw new ParameterException(
                        $"rock-paper-scissors: payoffs row {x}, column {y} is {Text(matrix[x][y])}; allowed: {Text(0 - matrix[y][x])}, so that what one wins the other loses"
                    );
                }
            }
        }

        return matrix;
    }

    private static double ParseEntry(string text, int row) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var entry) && Math.Abs(entry) <= 1e9
            ? entry + 0.0
            : throw new ParameterException(
                $"rock-paper-scissors: payoffs row {row} has '{text}'; allowed: numbers from -1e9 to 1e9, separated by commas"
            );

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
