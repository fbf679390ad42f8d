namespace MeanField.Experiments.Studies;

/// <summary>The experiments that come with MeanField.</summary>
public static class StudyCatalogue
{
    /// <summary>All of them: first the three that the paper asks for, then three further checks.</summary>
    public static IReadOnlyList<Study> All { get; } =
    [
        ExactRateStudy.Study,
        SampleEfficiencyStudy.Study,
        TemperatureStudy.Study,
        MonotonicityStudy.Study,
        RegularizationStudy.Study,
        ConcentrabilityStudy.Study,
    ];

    /// <summary>The experiment of a name, or <see langword="null"/>.</summary>
    public static Study? Find(string name) => All.FirstOrDefault(study => study.Name == name);
}
