using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Sweeps;

/// <summary>
/// A sweep as a YAML file. <c>game</c>, <c>solver</c>, each key of <c>game-parameters</c> and each of <c>options</c> is a value or a list of values, a number
/// also a range <c>{from: A, to: B, count: N, scale: linear}</c> (or <c>log</c>); all are multiplied out. What stands under <c>zip</c>, in the same words,
/// varies together, and <c>cells</c> lists combinations one by one. <c>seeds</c> is how many, or a list, or a range such as <c>5..9</c>.
/// </summary>
public static class SweepFile
{
    /// <summary>Combinations that a file may ask for.</summary>
    public const int MostCells = 100_000;

    private const int MaximumBytes = 1 << 22;

    /// <summary>Reads a sweep file and the game files that it names, which are looked for beside it.</summary>
    /// <param name="path">The file, at most 4 MiB of UTF-8 text.</param>
    /// <exception cref="InputFileException">The file cannot be read, is not such YAML (with the line), or names a game, a solver, a key or a value that
    /// does not exist or is out of range: all such findings together, each with its line.</exception>
    public static SweepPlan Read(string path)
    {
        var reader = new SweepFileReader(path);
        reader.Read(YamlReader.Read(path, InputFile.ReadAllText(path, MaximumBytes), isNested: true));
        reader.ThrowFindings();
        var product = new SweepProduct(reader);
        product.Check();
        reader.ThrowFindings();
        return SweepPlan.Create(Path.GetFileNameWithoutExtension(path), product.Cells());
    }
}
