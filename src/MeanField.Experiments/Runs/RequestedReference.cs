namespace MeanField.Experiments.Runs;

/// <summary>The run that another one measures its distance to, as it was when that began.</summary>
/// <param name="Folder">The full path of its folder.</param>
/// <param name="Hash">The hash of its mean field, 64 hexadecimal digits: <see cref="RunReference.Hash"/>.</param>
public sealed record RequestedReference(string Folder, string Hash);
