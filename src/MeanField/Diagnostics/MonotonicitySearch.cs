using MeanField.Markov;
using MeanField.Numerics;

namespace MeanField.Diagnostics;

/// <summary>
/// Looks for two laws at which the population operator fails strict monotonicity: among random laws and the laws of a damped iteration, all with all,
/// and along the eigenvector of the largest eigenvalue of the symmetric part of DΦ at some of them.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class MonotonicitySearch
{
    // Nearer laws than this say less of Φ than of rounding.
    private const double LeastDistance = 1e-6;

    // Ratios of near laws are held to have this much rounding over their distance, so that a far pair wins over a near one that is no better.
    private const double TypicalRounding = 1e-10;

    private const double FixedPointTolerance = 1e-13;
    private const double LeastDamping = 1.0 / 1024;
    private const int Patience = 40;
    private const double FirstMass = 0.5;
    private const double LastMass = 1e-5;
    private const double MassFactor = 0.2;
    private const double UnitRoundoff = 1.1102230246251565e-16;

    private readonly PopulationOperator _map;
    private readonly double _temperature;
    private readonly SearchEffort _effort;
    private readonly long _seed;
    private readonly CancellationToken _cancellation;
    private readonly FieldOfValues _field;
    private readonly List<ImagePair> _points = [];
    private readonly int _states;
    private double _bestScore = double.NegativeInfinity;
    private bool _isProved;

    public MonotonicitySearch(
        PopulationOperator map,
        double temperature,
        SearchEffort effort,
        long seed,
        CancellationToken cancellation
    )
    {
        _map = map;
        _temperature = temperature;
        _effort = effort;
        _seed = seed;
        _cancellation = cancellation;
        _states = map.Mdp.Game.StateCount;
        _field = new FieldOfValues(_states);
        var uniform = new double[_states];
        Array.Fill(uniform, 1.0 / _states);
        FixedPoint = Image(uniform, "the uniform law");
    }

    /// <summary>The law where ‖Φ(μ) − μ‖₁ is smallest.</summary>
    public ImagePair FixedPoint { get; private set; }

    /// <summary>‖Φ(μ) − μ‖₁ there.</summary>
    public double Residual => PopulationFlow.Distance(FixedPoint.Law, FixedPoint.Image);

    /// <summary>The pair with the largest ratio, among those that are proved to violate A-2 if there are any.</summary>
    public (ImagePair First, ImagePair Second)? Best { get; private set; }

    /// <summary>The ratio of <see cref="Best"/>.</summary>
    public double Ratio { get; private set; } = double.NegativeInfinity;

    /// <summary>The largest stretch of Φ − id found.</summary>
    public double Lipschitz { get; private set; }

    /// <summary>The largest eigenvalue found.</summary>
    public double LargestEigenvalue { get; private set; } = double.NegativeInfinity;

    /// <summary>Where that is.</summary>
    public string EigenvaluePlace { get; private set; } = "";

    /// <summary>The largest eigenvalue at the fixed point, if that was looked at.</summary>
    public double LocalConstant { get; private set; } = double.NegativeInfinity;

    /// <summary>The largest stretch of the derivative of Φ − id there.</summary>
    public double LocalLipschitz { get; private set; }

    public int Laws { get; private set; }

    public long Pairs { get; private set; }

    public int Derivatives { get; private set; }

    public int Dimension { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>Runs the search.</summary>
    /// <exception cref="OperationCanceledException">The caller wants it to stop.</exception>
    public void Run()
    {
        Include(FixedPoint);
        FollowPath();
        for (var i = 0; i < _effort.RandomLaws; i++)
        {
            Include(Image(LawDraw.Law(_states, _seed, i), $"random law {i}"));
        }

        if (_states == 1 || !_map.IsDifferentiable)
        {
            return;
        }

        ImagePair[] places = [FixedPoint, .. EndsOfBest(), .. _points];
        foreach (var place in places.Distinct().Take(_effort.Derivatives))
        {
            Differentiate(place, isFixedPoint: place == FixedPoint);
        }

        for (var i = 0; i < _effort.Refinements && _effort.Derivatives > 0 && Best is var (first, second); i++)
        {
            var before = Ratio;
            double[] middle = [.. first.Law.Zip(second.Law, (x, y) => 0.5 * (x + y))];
            Differentiate(Image(middle, "the middle of the best pair"), isFixedPoint: false);
            if (Ratio <= before)
            {
                break;
            }
        }
    }

    /// <summary>⟨μ − μ', Φ(μ) − Φ(μ')⟩ / ‖μ − μ'‖₂², the stretch of Φ − id, and ‖μ − μ'‖₂.</summary>
    public static (double Ratio, double Stretch, double Distance) Compare(ImagePair first, ImagePair second)
    {
        var (product, square, stretch) = (0.0, 0.0, 0.0);
        for (var s = 0; s < first.Law.Length; s++)
        {
            var law = first.Law[s] - second.Law[s];
            var image = first.Image[s] - second.Image[s];
            product += law * image;
            square += law * law;
            stretch += (image - law) * (image - law);
        }

        return (product / square, Math.Sqrt(stretch / square), Math.Sqrt(square));
    }

    /// <summary>How far the ratio of a pair may be from the true one: |⟨d, e⟩| ≤ ‖d‖_∞ ‖e‖₁ for the errors e of the two images, and the rounding of two
    /// sums of S terms. Moves the operator.</summary>
    public double Margin(ImagePair first, ImagePair second)
    {
        var (largest, square, imageSquare) = (0.0, 0.0, 0.0);
        for (var s = 0; s < _states; s++)
        {
            var (law, image) = (first.Law[s] - second.Law[s], first.Image[s] - second.Image[s]);
            largest = Math.Max(largest, Math.Abs(law));
            square += law * law;
            imageSquare += image * image;
        }

        var rounding = 2 * (_states + 8) * UnitRoundoff * (1 + Math.Sqrt(imageSquare / square));
        return (largest * (ErrorOf(first) + ErrorOf(second)) / square * (1 + 1e-6)) + rounding;
    }

    // The image is computed again, from other guesses; how far the two are apart is added.
    private double ErrorOf(ImagePair point)
    {
        if (double.IsNaN(point.Error))
        {
            var image = new double[_states];
            _map.Apply(point.Law, image, _cancellation);
            point.Error = OperatorError.Bound(_map, _temperature, image) + PopulationFlow.Distance(image, point.Image);
        }

        return point.Error;
    }

    private IEnumerable<ImagePair> EndsOfBest() => Best is var (first, second) ? [first, second] : [];

    private ImagePair Image(double[] law, string place)
    {
        var image = new double[law.Length];
        _map.Apply(law, image, _cancellation);
        Laws++;
        return new ImagePair(law, image, place);
    }

    // Half steps after steps that did not come nearer, as where a map overshoots. Laws 1, 2, 4, ... are kept for pairs.
    private void FollowPath()
    {
        var (point, damping, smallest, since) = (FixedPoint, 1.0, Residual, 0);
        for (var n = 1; n <= _effort.PathLimit && smallest > FixedPointTolerance && since < Patience; n++)
        {
            var (law, image) = (point.Law, point.Image);
            var next = new double[law.Length];
            for (var s = 0; s < law.Length; s++)
            {
                next[s] = law[s] + (damping * (image[s] - law[s]));
            }

            point = Image(next, $"step {n} of the damped iteration");
            var residual = PopulationFlow.Distance(point.Law, point.Image);
            if (residual < smallest)
            {
                (FixedPoint, smallest, since) = (point, residual, 0);
            }
            else
            {
                since++;
                damping = Math.Max(LeastDamping, damping / 2);
            }

            if (int.IsPow2(n))
            {
                Include(point);
            }
        }

        FixedPoint = FixedPoint with { Place = "the fixed point" };
        Include(FixedPoint);
    }

    private void Include(ImagePair point)
    {
        foreach (var other in _points)
        {
            Consider(point, other);
        }

        _points.Add(point);
    }

    private double Consider(ImagePair first, ImagePair second)
    {
        var (ratio, stretch, distance) = Compare(first, second);
        if (!(distance >= LeastDistance))
        {
            return double.NegativeInfinity;
        }

        Pairs++;
        Lipschitz = Math.Max(Lipschitz, stretch);
        var isProof = ratio >= 1 && ratio - Margin(first, second) >= 1;
        var score = ratio - (TypicalRounding / distance);
        if (isProof == _isProved ? score > _bestScore : isProof)
        {
            (_bestScore, Ratio, Best, _isProved) = (score, ratio, (first, second), isProof);
        }

        return ratio;
    }

    private void Differentiate(ImagePair point, bool isFixedPoint)
    {
        _map.Apply(point.Law, new double[_states], _cancellation);
        _map.TakeUp();
        _field.Explore(Product, LawDraw.Law(_states, _seed, -1 - Derivatives), _effort.Dimension);
        Derivatives++;
        Dimension = _field.Dimension;
        IsComplete = _field.IsComplete;
        Lipschitz = Math.Max(Lipschitz, _field.LargestStretch);
        if (isFixedPoint)
        {
            (LocalConstant, LocalLipschitz) = (_field.LargestValue, _field.LargestStretch);
        }

        if (_field.LargestValue > LargestEigenvalue)
        {
            (LargestEigenvalue, EigenvaluePlace) = (_field.LargestValue, point.Place);
        }

        FollowDirection(point);
    }

    private void Product(double[] change, double[] image)
    {
        _cancellation.ThrowIfCancellationRequested();
        _map.Differentiate(change, image);
    }

    // The ratio of ever nearer laws tends to the eigenvalue. Two lengths do, unless nearer laws make a violation of it, or a larger one.
    private void FollowDirection(ImagePair point)
    {
        var (eigenvalue, direction) = (_field.LargestValue, _field.Direction.ToArray());
        var place = $"along the steepest direction at {point.Place}";
        var (tried, largest) = (0, double.NegativeInfinity);
        for (var mass = FirstMass; mass >= LastMass; mass *= MassFactor)
        {
            var first = Image(LawDraw.Moved(point.Law, direction, mass), place);
            var ratio = Consider(first, Image(LawDraw.Moved(point.Law, direction, -mass), place));
            tried++;
            if (tried >= 2 && (eigenvalue < 1 || (largest >= 1 && ratio <= largest)))
            {
                return;
            }

            largest = Math.Max(largest, ratio);
        }
    }
}
