namespace MeanField.Experiments.Runs;

/// <summary>The names of the files in a run folder.</summary>
internal static class RunFiles
{
    public const string Record = "run.json";
    public const string Policy = "policy.npy";
    public const string MeanField = "mean_field.npy";
    public const string Trace = "trace.csv";
    public const string LastPolicy = "policy_last.npy";
    public const string LastMeanField = "mean_field_last.npy";
    public const string MixturePolicy = "policy_mixture.npy";
    public const string MixtureMeanField = "mean_field_mixture.npy";
    public const string EquilibriaPolicies = "policy_equilibria.npy";
    public const string EquilibriaMeanFields = "mean_field_equilibria.npy";
    public const string States = "states.csv";
    public const string Report = "report.html";
    public const string Events = "events.out.tfevents.0.meanfield";
    public const string Lock = "run.lock";

    /// <summary>What the run was asked to do; there from the moment the solve begins until it has converged.</summary>
    public const string Request = "request.json";

    /// <summary>The state that the solve can be continued from; there until it has converged.</summary>
    public const string Checkpoint = "checkpoint.bin";

    /// <summary>What the name of a file that is not whole yet ends with.</summary>
    public const string TemporarySuffix = ".partial";

    /// <summary>Files whose hashes every run.json lists. The report and the list
    /// of states are not among them: they follow from the others and can be made again.</summary>
    public static IReadOnlyList<string> AlwaysListed { get; } = [MeanField, Policy, Trace];

    /// <summary>Files that are there in pairs: those of the last iterate when it is not the best one, those of a mixture's Markov
    /// policy, and those of several equilibria.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> SometimesListedPairs { get; } =
    [
        [LastMeanField, LastPolicy],
        [MixtureMeanField, MixturePolicy],
        [EquilibriaMeanFields, EquilibriaPolicies],
    ];

    /// <summary>The same files, one after the other.</summary>
    public static IReadOnlyList<string> SometimesListed { get; } = [.. SometimesListedPairs.SelectMany(pair => pair)];

    /// <summary>Everything that a run may write, run.json last: a folder with a new run.json holds the whole new run.</summary>
    public static IReadOnlyList<string> All { get; } = [.. AlwaysListed, .. SometimesListed, States, Report, Record];
}
