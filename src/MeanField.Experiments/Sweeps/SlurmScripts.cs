using System.Globalization;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Sweeps;

/// <summary>Writes the scripts that run a sweep as an array of jobs under Slurm (<see href="https://slurm.schedmd.com/job_array.html"/>).</summary>
public static class SlurmScripts
{
    /// <summary>Writes <c>slurm/array.sbatch</c>, <c>slurm/summary.sbatch</c> and <c>slurm/submit.sh</c>, which hands in the first and, to begin when all of
    /// its jobs have ended in whatever way, the second.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="sweepFile">The sweep file, which every machine must see under the same path.</param>
    /// <param name="folder">The folder of the sweep, likewise.</param>
    /// <param name="command">The program and its first arguments that amount to <c>meanfield</c>.</param>
    /// <param name="jobs">Jobs in the array, at least 1.</param>
    /// <param name="threads">Cells at once in each, on as many processors.</param>
    /// <returns>The path of <c>submit.sh</c>.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static string Write(
        SweepPlan plan,
        string sweepFile,
        string folder,
        IReadOnlyList<string> command,
        int jobs,
        int threads
    )
    {
        foreach (var path in new[] { Path.GetFullPath(sweepFile), Path.GetFullPath(folder) }.Where(HasLineEnd))
        {
            throw RunFolderException.Refused(
                path,
                "has a line end in its name",
                "a path that fits on a line of a script"
            );
        }

        var scripts = Path.Combine(Path.GetFullPath(folder), "slurm");
        OutputFolder.Create(scripts);
        var name = "meanfield-" + string.Concat(plan.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var sweep =
            $"{string.Join(' ', command.Select(Quoted))} sweep {Quoted(Path.GetFullPath(sweepFile))} --out {Quoted(Path.GetFullPath(folder))}";
        AtomicFile.Write(
            Path.Combine(scripts, "array.sbatch"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                #!/bin/bash
                #SBATCH --job-name={name}
                #SBATCH --array=0-{jobs - 1}
                #SBATCH --cpus-per-task={threads}
                #SBATCH --output="{Escaped(scripts)}/array-%A-%a.out"
                #SBATCH --requeue
                # {plan.Cells.Count} cells in {jobs} jobs. What is stored is not solved again: hand in as often as needed.
                exec {sweep} --threads "$SLURM_CPUS_PER_TASK" \
                    --job-index "$SLURM_ARRAY_TASK_ID" --job-count "$SLURM_ARRAY_TASK_COUNT"

                """
            )
        );
        AtomicFile.Write(
            Path.Combine(scripts, "summary.sbatch"),
            $"""
            #!/bin/bash
            #SBATCH --job-name={name}-summary
            #SBATCH --output="{Escaped(scripts)}/summary-%j.out"
            exec {sweep} --summary-only

            """
        );
        var submit = Path.Combine(scripts, "submit.sh");
        AtomicFile.Write(
            submit,
            $"""
            #!/bin/bash
            set -euo pipefail
            array=$(sbatch --parsable {Quoted(Path.Combine(scripts, "array.sbatch"))})
            summary=$(sbatch --parsable --dependency="afterany:$array" {Quoted(
                Path.Combine(scripts, "summary.sbatch")
            )})
            echo "array $array, then summary $summary"

            """
        );
        return submit;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // In a name of a file %% is a percent sign to sbatch; the lines that it reads know double quotes and backslashes.
    private static string Escaped(string path) =>
        path.Replace("%", "%%", StringComparison.Ordinal)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);

    private static bool HasLineEnd(string path) => path.AsSpan().IndexOfAny('\n', '\r') >= 0;
}
