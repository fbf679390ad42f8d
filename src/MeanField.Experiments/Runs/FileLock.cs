namespace MeanField.Experiments.Runs;

/// <summary>A file that one holder at a time has open, whichever process or thread it belongs to. The operating system gives it back when the
/// holder ends in whatever way, so that a killed process holds nobody up.</summary>
internal static class FileLock
{
    /// <summary>Takes the lock, or <see langword="null"/> where somebody holds it.</summary>
    /// <param name="path">The file, in a folder that exists. It is created, and deleted when the lock is disposed of.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            return null;
        }
    }

    // ERROR_SHARING_VIOLATION, and EWOULDBLOCK from flock on Linux and macOS.
    private static bool IsSharingViolation(IOException exception) => (exception.HResult & 0xFFFF) is 32 or 11 or 35;
}
