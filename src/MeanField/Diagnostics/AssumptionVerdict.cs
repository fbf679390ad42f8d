namespace MeanField.Diagnostics;

/// <summary>What is known about an assumption of the theory.</summary>
public enum AssumptionVerdict
{
    /// <summary>It holds, exactly and for every mean field.</summary>
    Holds,

    /// <summary>It was looked for where it may fail and not found to; evidence, no proof.</summary>
    NoViolationFound,

    /// <summary>The largest number found is at its limit or beyond, but rounding, or a derivative that no pair confirms, leaves it unproved.</summary>
    Undecided,

    /// <summary>It does not hold, and the report has the witness.</summary>
    Violated,
}
