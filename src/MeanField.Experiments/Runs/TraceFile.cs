using System.Globalization;
using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>Writes and reads trace.csv: comma-separated, invariant, every double in the shortest form that reads back as itself.</summary>
internal static class TraceFile
{
    private const int MaximumBytes = 1 << 28;
    private const string Header =
        "iteration,exploitability,regularizedExploitability,populationChange,policyKl,samples,seconds,"
        + "exploitabilityLower,regularizedExploitabilityLower,populationGap,stepSize,populationStep,"
        + "stateDrawing,rollout,population,referenceDistance";

    private static readonly string[] Columns = Header.Split(',');

    public static void Write(Stream stream, IEnumerable<TraceRow> rows)
    {
        using var writer = new StreamWriter(
            stream,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true
        );
        writer.Write(Header + "\n");
        foreach (var row in rows)
        {
            writer.Write(Text(row) + "\n");
        }
    }

    /// <summary>Reads the rows, oldest first.</summary>
    /// <exception cref="InputFileException">The file cannot be read, or a line is not one that <see cref="Write"/> gives.</exception>
    public static IReadOnlyList<TraceRow> Read(string path)
    {
        var lines = InputFile.ReadAllText(path, MaximumBytes).Split('\n');
        if (lines[0] != Header)
        {
            throw InputFileException.At(path, $"found {Excerpt.Quoted(lines[0])}", $"the header {Header}", 1);
        }

        if (lines.Length < 2 || lines[^1].Length > 0)
        {
            throw InputFileException.At(path, "the last line has no end", "a line feed after every line", lines.Length);
        }

        var rows = new List<TraceRow>(lines.Length);
        for (var i = 1; i < lines.Length - 1; i++)
        {
            var row = Parse(path, lines[i], i + 1);
            if (rows.Count > 0 && row.Iteration <= rows[^1].Iteration)
            {
                throw InputFileException.At(
                    path,
                    $"iteration {row.Iteration}",
                    $"more than {rows[^1].Iteration}",
                    i + 1,
                    Columns[0]
                );
            }

            rows.Add(row);
        }

        return rows;
    }

    private static string Text(TraceRow row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Iteration},{row.Exploitability.Upper:R},{row.RegularizedExploitability.Upper:R},{row.PopulationChange:R},{row.PolicyKl:R},{row.Samples.Total},{row.Seconds:R},{row.Exploitability.Lower:R},{row.RegularizedExploitability.Lower:R},{row.PopulationGap:R},{row.StepSize:R},{row.PopulationStep:R},{row.Samples.StateDrawing},{row.Samples.Rollout},{row.Samples.Population},{row.ReferenceDistance:R}"
        );

    private static TraceRow Parse(string path, string line, int number)
    {
        var cells = line.Split(',');
        if (cells.Length != Columns.Length)
        {
            throw InputFileException.At(path, $"the line has {cells.Length} cells", $"{Columns.Length} cells", number);
        }

        var row = new TraceRow(
            (int)Whole(0, int.MaxValue),
            new Interval(Number(7), Number(1)),
            new Interval(Number(8), Number(2)),
            Number(3),
            Number(4),
            new SampleAccount(
                Whole(12, SampleAccount.LargestPart),
                Whole(13, SampleAccount.LargestPart),
                Whole(14, SampleAccount.LargestPart)
            ),
            Number(6),
            Number(9),
            Number(10),
            Number(11),
            Number(15)
        );
        return Text(row) == line
            ? row
            : throw InputFileException.At(
                path,
                $"found {Excerpt.Quoted(line)}",
                $"exactly {Excerpt.Quoted(Text(row))}",
                number
            );

        double Number(int column) =>
            double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw InputFileException.At(
                    path,
                    $"found {Excerpt.Quoted(cells[column])}",
                    "a number",
                    number,
                    Columns[column]
                );

        long Whole(int column, long maximum) =>
            long.TryParse(cells[column], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value <= maximum
                ? value
                : throw InputFileException.At(
                    path,
                    $"found {Excerpt.Quoted(cells[column])}",
                    "a whole number of at least 0",
                    number,
                    Columns[column]
                );
    }
}
