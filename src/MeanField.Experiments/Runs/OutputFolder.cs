using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Runs;

/// <summary>Makes the folders that people name for results.</summary>
internal static class OutputFolder
{
    /// <summary>Creates a folder where it is not there yet.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="RunFolderException">There is a file in its way, or no permission to make it.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && HasFileInTheWay(path)))
        {
            throw RunFolderException.Refused(
                path,
                $"cannot be made ({Excerpt.Plain(e.Message, 300)})",
                "a folder, or a place for one with write permission",
                e
            );
        }
    }

    private static bool HasFileInTheWay(string path)
    {
        for (var at = Path.GetFullPath(path); at is { Length: > 0 }; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
            {
                return true;
            }
        }

        return false;
    }
}
