namespace MeanField.Tests.Architecture;

/// <summary>Finds the source tree the tests were built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder that holds <c>MeanField.slnx</c>, found by walking up from the test's own folder.</summary>
    public static string Path { get; } = Find();

    /// <summary>The absolute path of a file or folder named relative to the root, with forward slashes.</summary>
    public static string Combine(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Every C# file under a folder, build outputs left out, in ordinal order.</summary>
    public static IReadOnlyList<string> SourceFiles(string relativeFolder)
    {
        string folder = Combine(relativeFolder);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !System.IO.Path.GetRelativePath(folder, file).Split('/', '\\').Any(p => p is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "MeanField.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"No MeanField.slnx above {AppContext.BaseDirectory}");
    }
}
