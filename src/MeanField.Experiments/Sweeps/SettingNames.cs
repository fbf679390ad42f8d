using MeanField.Parameters;

namespace MeanField.Experiments.Sweeps;

/// <summary>Settings that are given once for several games or solvers: <c>KEY</c> is meant for all that have it, <c>OWNER.KEY</c> for one.</summary>
internal static class SettingNames
{
    /// <summary>The settings that an owner is meant by, by their plain keys; those that name it come last and win.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Meant(
        IReadOnlyList<KeyValuePair<string, string>> settings,
        string owner,
        IReadOnlyList<ParameterDescription> descriptions
    ) =>
        [
            .. settings.Where(setting => Find(setting.Key, descriptions) is not null),
            .. settings
                .Where(setting => setting.Key.StartsWith(owner + ".", StringComparison.Ordinal))
                .Select(setting => KeyValuePair.Create(setting.Key[(owner.Length + 1)..], setting.Value)),
        ];

    /// <summary>The description of a key for an owner, or <see langword="null"/> where it is not meant or has no such parameter.</summary>
    public static ParameterDescription? Meant(
        string key,
        string owner,
        IReadOnlyList<ParameterDescription> descriptions
    ) =>
        Find(key, descriptions)
        ?? (
            key.StartsWith(owner + ".", StringComparison.Ordinal) ? Find(key[(owner.Length + 1)..], descriptions) : null
        );

    private static ParameterDescription? Find(string key, IReadOnlyList<ParameterDescription> descriptions) =>
        descriptions.FirstOrDefault(description => description.Name == key);
}
