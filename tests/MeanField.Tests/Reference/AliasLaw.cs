namespace MeanField.Tests.Reference;

/// <summary>The law that an alias table draws: Σ over its entries of what each keeps and what it hands on.</summary>
internal static class AliasLaw
{
    public static double[] Of(ReadOnlySpan<double> thresholds, ReadOnlySpan<int> aliases)
    {
        var law = new double[thresholds.Length];
        for (var i = 0; i < law.Length; i++)
        {
            Assert.InRange(thresholds[i], 0, 1);
            Assert.InRange(aliases[i], 0, law.Length - 1);
            law[i] += thresholds[i] / law.Length;
            law[aliases[i]] += (1 - thresholds[i]) / law.Length;
        }

        return law;
    }
}
