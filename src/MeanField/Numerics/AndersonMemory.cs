namespace MeanField.Numerics;

/// <summary>
/// Anderson mixing (D. G. Anderson, J. ACM 12, 1965): the last iterates and their residuals, and the combination of their differences that cancels
/// most of the present residual. Iterates and residuals are kept apart from the step sizes, which may change.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads. Allocates nothing after it is made.</remarks>
internal sealed class AndersonMemory
{
    // A difference that is this nearly a combination of younger ones tells nothing new.
    private const double Dependence = 1e-8;

    private readonly double[][] _iterates;
    private readonly double[][] _residuals;
    private readonly double[][] _basis;
    private readonly double[] _target;
    private readonly double[] _coefficients;
    private readonly double[,] _triangle;
    private readonly bool[] _isUsed;
    private int _newest;
    private int _count;

    /// <summary>Makes room.</summary>
    /// <param name="length">Numbers in an iterate.</param>
    /// <param name="depth">Differences remembered at most, at least 1.</param>
    public AndersonMemory(int length, int depth)
    {
        _iterates = Arrays(depth + 1, length);
        _residuals = Arrays(depth + 1, length);
        _basis = Arrays(depth, length);
        _target = new double[length];
        _coefficients = new double[depth];
        _triangle = new double[depth, depth];
        _isUsed = new bool[depth];
    }

    /// <summary>Differences at hand.</summary>
    public int Differences => Math.Max(0, _count - 1);

    /// <summary>Forgets everything but the newest entry.</summary>
    public void Restart() => _count = Math.Min(_count, 1);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _count = 0;

    /// <summary>Takes in an iterate and its residual; the oldest entry goes where there is no room.</summary>
    public void Add(ReadOnlySpan<double> iterate, ReadOnlySpan<double> residual)
    {
        _newest = (_newest + 1) % _iterates.Length;
        iterate.CopyTo(_iterates[_newest]);
        residual.CopyTo(_residuals[_newest]);
        _count = Math.Min(_count + 1, _iterates.Length);
    }

    /// <summary>
    /// Finds c that makes ‖w (f − ΔF c)‖₂ smallest, f the newest residual and ΔF the differences, by orthogonalising the youngest differences first.
    /// </summary>
    /// <param name="weights">w, one non-negative number an entry of an iterate.</param>
    /// <param name="shift">−ΔX c, length of an iterate; overwritten.</param>
    /// <param name="residual">f − ΔF c, length of an iterate; overwritten.</param>
    public void Combine(ReadOnlySpan<double> weights, Span<double> shift, Span<double> residual)
    {
        var newest = _residuals[_newest];
        for (var i = 0; i < weights.Length; i++)
        {
            _target[i] = weights[i] * newest[i];
        }

        Orthogonalise(weights);
        shift.Clear();
        newest.CopyTo(residual);
        for (var j = Differences - 1; j >= 0; j--)
        {
            _coefficients[j] = 0;
            if (!_isUsed[j])
            {
                continue;
            }

            var sum = Dot(_basis[j], _target);
            for (var k = j + 1; k < Differences; k++)
            {
                sum -= _isUsed[k] ? _triangle[j, k] * _coefficients[k] : 0;
            }

            _coefficients[j] = sum / _triangle[j, j];
            Subtract(_coefficients[j], j, shift, residual);
        }
    }

    /// <summary>The entries at hand, the newest first.</summary>
    public void Exchange(StateArchive archive)
    {
        _count = archive.Value("count", _count);
        if (_count < 0 || _count > _iterates.Length)
        {
            throw new InvalidDataException($"state: the memory has {_count} entries; allowed: {_iterates.Length}");
        }

        for (var age = 0; age < _count; age++)
        {
            archive.Numbers("iterate", _iterates[Place(age)].AsSpan());
            archive.Numbers("residual", _residuals[Place(age)].AsSpan());
        }
    }

    // Modified Gram-Schmidt: basis Q and triangle R of the weighted differences, youngest first.
    private void Orthogonalise(ReadOnlySpan<double> weights)
    {
        for (var j = 0; j < Differences; j++)
        {
            var column = _basis[j];
            var (later, earlier) = (_residuals[Place(j)], _residuals[Place(j + 1)]);
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = weights[i] * (later[i] - earlier[i]);
            }

            var before = Math.Sqrt(Dot(column, column));
            for (var k = 0; k < j; k++)
            {
                if (_isUsed[k])
                {
                    var share = Dot(_basis[k], column);
                    _triangle[k, j] = share;
                    AddMultiple(-share, _basis[k], column);
                }
            }

            var length = Math.Sqrt(Dot(column, column));
            _isUsed[j] = length > Dependence * before && double.IsFinite(length);
            _triangle[j, j] = length;
            if (_isUsed[j])
            {
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] /= length;
                }
            }
        }
    }

    private void Subtract(double coefficient, int difference, Span<double> shift, Span<double> residual)
    {
        var (laterX, earlierX) = (_iterates[Place(difference)], _iterates[Place(difference + 1)]);
        var (laterF, earlierF) = (_residuals[Place(difference)], _residuals[Place(difference + 1)]);
        for (var i = 0; i < shift.Length; i++)
        {
            shift[i] -= coefficient * (laterX[i] - earlierX[i]);
            residual[i] -= coefficient * (laterF[i] - earlierF[i]);
        }
    }

    // Where the entry of a certain age stands, 0 the newest.
    private int Place(int age) => (_newest - age + _iterates.Length) % _iterates.Length;

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void AddMultiple(double factor, double[] source, double[] target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static double[][] Arrays(int count, int length)
    {
        var arrays = new double[count][];
        for (var i = 0; i < count; i++)
        {
            arrays[i] = new double[length];
        }

        return arrays;
    }
}
