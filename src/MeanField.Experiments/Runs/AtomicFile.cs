namespace MeanField.Experiments.Runs;

/// <summary>Files that are whole whenever somebody looks, even where their writer is killed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a text beside its place and renames it. Several processes may write the same file: the last one wins.</summary>
    /// <exception cref="IOException">The disk failed; an earlier file is as it was.</exception>
    public static void Write(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
