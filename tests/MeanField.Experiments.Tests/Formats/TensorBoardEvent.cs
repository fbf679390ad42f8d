namespace MeanField.Experiments.Tests.Formats;

/// <summary>An event: one record of an event file.</summary>
internal sealed record TensorBoardEvent(
    double Time,
    long Step,
    string Version,
    IReadOnlyDictionary<string, float> Values
);
