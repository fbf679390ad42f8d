namespace MeanField.Cli;

/// <summary>What <c>sweep</c> does with the cells of its file.</summary>
internal enum SweepMode
{
    /// <summary>Solves them and writes the summary.</summary>
    Run,

    /// <summary>Lists them.</summary>
    DryRun,

    /// <summary>Writes the summary of what is stored.</summary>
    SummaryOnly,

    /// <summary>Writes scripts that solve them under Slurm.</summary>
    Slurm,
}
