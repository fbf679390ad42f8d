namespace MeanField.Numerics;

/// <summary>A running sum with its rounding errors carried along (Neumaier, ZAMM 54, 1974): as if summed in twice the precision, whatever the
/// number of terms.</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => _sum + _lost;

    public void Add(double term)
    {
        var sum = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? _sum - sum + term : term - sum + _sum;
        _sum = sum;
    }
}
