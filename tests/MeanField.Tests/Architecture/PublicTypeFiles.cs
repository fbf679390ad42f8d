using System.Reflection;
using System.Text.RegularExpressions;

namespace MeanField.Tests.Architecture;

/// <summary>A public type is found where its name says: folder by namespace, file by type name, generic arity ignored.</summary>
internal static class PublicTypeFiles
{
    /// <summary>One line for each public type of an assembly that is not declared in the file of its own name.</summary>
    public static IReadOnlyList<string> Faults(string assembly, string project)
    {
        var faults = new List<string>();
        foreach (Type type in Assembly.Load(assembly).GetExportedTypes().Where(t => !t.IsNested))
        {
            string name = type.Name.Split('`')[0];
            string space = type.Namespace ?? "";
            if (space != assembly && !space.StartsWith(assembly + ".", StringComparison.Ordinal))
            {
                faults.Add($"{type.FullName} is outside the namespace {assembly}");
                continue;
            }

            string file = $"{project}{space[assembly.Length..].Replace('.', '/')}/{name}.cs";
            if (!Declares(RepositoryRoot.Combine(file), name))
            {
                faults.Add($"{type.FullName} should be declared in {file}");
            }
        }

        return faults;
    }

    private static bool Declares(string file, string name) =>
        File.Exists(file)
        && Regex.IsMatch(
            File.ReadAllText(file),
            $@"^public\s[^;{{(]*\b(class|struct|interface|enum|record|delegate)\b[^;{{(]*\b{name}\b",
            RegexOptions.Multiline
        );
}
