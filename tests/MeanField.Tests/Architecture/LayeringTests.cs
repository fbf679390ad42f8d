using System.Text.RegularExpressions;

namespace MeanField.Tests.Architecture;

/// <summary>Holds the sources to the map in README.md: who may use whom, what is where, and how long a file may be.</summary>
public class LayeringTests
{
    private const int LongestFile = 400;
    private const string Library = "src/MeanField";
    private const string Experiments = "src/MeanField.Experiments";
    private const string Cli = "src/MeanField.Cli";

    [Fact]
    public void A_folder_of_the_library_uses_only_the_folders_below_it()
    {
        var faults = new List<string>();
        var types = LayerRules.Folders.ToDictionary(f => f, TypesOf, StringComparer.Ordinal);
        foreach (string file in RepositoryRoot.SourceFiles(Library))
        {
            string folder = FolderOf(file, Library).Split('/')[0];
            string code = File.ReadAllText(file);
            IEnumerable<string> upward = LayerRules
                .Mentions(code, layer => types[layer])
                .Where(used => !LayerRules.MayUse(folder, used));
            faults.AddRange(upward.Select(used => $"{Relative(file)}: {folder} may not use {used}"));
            if (LayerRules.HasGlobalUsing(code))
            {
                faults.Add($"{Relative(file)}: a global using puts its namespace in reach of every folder");
            }
        }

        AssertNone(faults);
    }

    [Fact]
    public void Project_files_add_no_namespace_of_ours_to_every_file()
    {
        string[] files =
        [
            RepositoryRoot.Combine("Directory.Build.props"),
            RepositoryRoot.Combine($"{Library}/MeanField.csproj"),
        ];
        AssertNone(
            files
                .Where(f => File.ReadAllText(f).Contains("<Using Include=\"MeanField", StringComparison.Ordinal))
                .Select(Relative)
        );
    }

    [Fact]
    public void Projects_depend_downward_only()
    {
        Assert.Empty(ProjectReferences($"{Library}/MeanField.csproj"));
        Assert.Equal(["MeanField"], ProjectReferences($"{Experiments}/MeanField.Experiments.csproj"));
        Assert.Equal(["MeanField.Experiments"], ProjectReferences($"{Cli}/MeanField.Cli.csproj"));
        AssertNone(
            RepositoryRoot
                .SourceFiles(Library)
                .Where(f => Regex.IsMatch(File.ReadAllText(f), @"\bMeanField\.(Experiments|Cli)\b"))
                .Concat(
                    RepositoryRoot
                        .SourceFiles(Experiments)
                        .Where(f => Regex.IsMatch(File.ReadAllText(f), @"\bMeanField\.Cli\b"))
                )
                .Select(Relative)
        );
    }

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        var faults = new List<string>();
        foreach (string project in new[] { Library, Experiments, Cli })
        {
            foreach (string file in RepositoryRoot.SourceFiles(project))
            {
                string folder = FolderOf(file, project);
                string root = Path.GetFileName(project);
                string expected = folder.Length == 0 ? root : $"{root}.{folder.Replace('/', '.')}";
                string? actual = LayerRules.DeclaredNamespace(File.ReadAllText(file));
                bool topLevelProgram = actual is null && Path.GetFileName(file) is "Program.cs";
                if (actual != expected && !topLevelProgram)
                {
                    faults.Add($"{Relative(file)}: namespace {actual ?? "(none)"}, expected {expected}");
                }
            }
        }

        AssertNone(faults);
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_known_layer() =>
        AssertNone(ExistingFolders().Where(f => !LayerRules.Folders.Contains(f, StringComparer.Ordinal)));

    [Fact]
    public void Every_folder_of_the_library_is_in_the_map_of_the_readme()
    {
        string readme = RepositoryRoot.Combine("README.md");
        Assert.SkipUnless(File.Exists(readme), "There is no README.md yet");
        string text = File.ReadAllText(readme);
        AssertNone(ExistingFolders().Where(f => !Regex.IsMatch(text, $@"\b{f}/")).Select(f => $"README.md lacks {f}/"));
    }

    [Fact]
    public void A_public_type_has_a_file_of_its_own_name() => AssertNone(PublicTypeFiles.Faults("MeanField", Library));

    [Fact]
    public void No_file_is_too_long() =>
        AssertNone(
            new[] { "src", "tests", "bench" }
                .SelectMany(RepositoryRoot.SourceFiles)
                .Select(file => (file, lines: File.ReadLines(file).Count()))
                .Where(x => x.lines > LongestFile)
                .Select(x => $"{Relative(x.file)}: {x.lines} lines, at most {LongestFile}")
        );

    private static IReadOnlySet<string> TypesOf(string folder) =>
        RepositoryRoot
            .SourceFiles($"{Library}/{folder}")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> ExistingFolders() =>
        RepositoryRoot
            .SourceFiles(Library)
            .Select(file => FolderOf(file, Library).Split('/')[0])
            .Where(folder => folder.Length > 0)
            .Distinct(StringComparer.Ordinal);

    private static string[] ProjectReferences(string project) =>
        Regex
            .Matches(File.ReadAllText(RepositoryRoot.Combine(project)), "<ProjectReference Include=\"([^\"]+)\"")
            .Select(m => Path.GetFileNameWithoutExtension(m.Groups[1].Value.Replace('\\', '/')))
            .ToArray();

    private static string FolderOf(string file, string project)
    {
        string folder = Path.GetRelativePath(RepositoryRoot.Combine(project), Path.GetDirectoryName(file)!);
        return folder == "." ? "" : folder.Replace('\\', '/');
    }

    private static string Relative(string file) => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/');

    private static void AssertNone(IEnumerable<string> faults)
    {
        string[] all = faults.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
