namespace MeanField.Experiments.Studies;

/// <summary>A sentence that an experiment bears out or does not.</summary>
/// <param name="Text">The sentence, with the numbers.</param>
/// <param name="Holds">Whether the runs bear it out; <see langword="null"/> for what is only measured.</param>
internal sealed record StudyClaim(string Text, bool? Holds = null);
