using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Runs;

/// <summary>Takes the lock of a run folder.</summary>
internal static class RunLock
{
    /// <summary>Creates the folder if needed and takes its lock, to be disposed.</summary>
    /// <exception cref="RunFolderException">The folder cannot be written, or another process has the lock.</exception>
    public static FileStream Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return FileLock.TryTake(Path.Combine(path, RunFiles.Lock))
                ?? throw RunFolderException.Refused(
                    path,
                    "is being written by a running process",
                    "a folder that no running solve uses"
                );
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw RunFolderException.Refused(
                path,
                $"cannot be written ({Excerpt.Plain(e.Message, 300)})",
                "a folder with write permission",
                e
            );
        }
    }
}
