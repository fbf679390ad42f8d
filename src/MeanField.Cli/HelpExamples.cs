namespace MeanField.Cli;

/// <summary>What <c>--help</c> adds to the grammar: commands to copy, and what a script needs to know.</summary>
internal static class HelpExamples
{
    /// <summary>The text below a command's help.</summary>
    public static string Of(string command) =>
        command switch
        {
            "games" => """
                Examples:
                  meanfield games                    parameters, defaults and ranges for people
                  meanfield games --json             the same for programs

                """,
            "solvers" => """
                Examples:
                  meanfield solvers                  options, defaults and ranges for people
                  meanfield solvers --json           the same for programs

                """,
            "solve" => """
                Examples:
                  meanfield solve crowd-grid
                  meanfield solve crowd-grid --game slip=0.2 --set temperature=0.1
                  meanfield solve office.yaml --threads 2 --out runs/office
                  meanfield solve town.map --game targets=auto --json > town.json
                  meanfield solve roads.tntp --game targets=10
                  meanfield solve crowd-grid --reference runs/root
                  meanfield solve town.map --tensorboard --out runs/town
                  meanfield solve --resume runs/office
                  meanfield solve --resume runs/office --set outer-iterations=9000

                The folder gets report.html, run.json, trace.csv, states.csv, policy.npy,
                mean_field.npy; policy_last.npy, mean_field_last.npy where the last iterate is
                not the best; policy_mixture.npy, mean_field_mixture.npy of mf-trpo-sampled.
                Until it has converged also request.json and checkpoint.bin, for --resume.
                Ctrl-C stops within a second and keeps the best answer; twice aborts at once.
                After Ctrl-C, a limit or kill -9, --resume goes on to the same bits.

                Exit codes:
                  0    solved to tolerance and certified
                  1    failing disk, too little memory or internal error
                  2    wrong usage or invalid input
                  3    ended without reaching the tolerance; the files are written
                  130  interrupted; the best answer so far is written

                """,
            "compare" => """
                Examples:
                  meanfield compare --threads 2
                  meanfield compare --games lasry-lions,sis --solvers mf-trpo,newton
                  meanfield compare --solvers mf-trpo-sampled --seeds 0..9 --set temperature=0.3

                The folder gets comparison.html, comparison.md, comparison.csv and a run folder
                for each solve. Stopped with Ctrl-C or killed, the same command goes on where it
                stopped.

                Exit codes:
                  0    every solve ended, converged or not: the table says which
                  1    a solve could not be made; the table says why
                  2    wrong usage or invalid input
                  130  interrupted; what is done stays done

                """,
            "sweep" => """
                Examples:
                  meanfield sweep examples/temperature-sweep.yaml --threads 2
                  meanfield sweep study.yaml --dry-run             the cells, and how many
                  meanfield sweep study.yaml --job-index 0 --job-count 8
                  meanfield sweep study.yaml --summary-only        while jobs are running
                  meanfield sweep study.yaml --slurm --job-count 8

                The folder gets summary.html, summary.md, summary.csv, times.csv and a folder
                for each run. Stopped with Ctrl-C or killed, the same command goes on where it
                stopped; several at once, on one machine or many, share the work. A solver that
                draws nothing is solved once for all seeds.

                Exit codes:
                  0    every cell ended, converged or not: the summary says which
                  1    a cell could not be made or is missing: the summary says which
                  2    wrong usage or invalid input
                  130  interrupted; what is done stays done

                """,
            "experiment" => """
                Examples:
                  meanfield experiment exact-rate --quick
                  meanfield experiment all --threads 2             half a minute or a few
                  meanfield experiment temperature --games lasry-lions,office.yaml

                Each experiment's folder gets experiment.html, its numbers as CSV, the sweep it ran
                as specification.yaml, and a folder for each run. Stopped with Ctrl-C or killed,
                the same command goes on where it stopped.

                Exit codes:
                  0    all ran, and what the theory says is borne out
                  1    a solve could not be made: the page says which
                  2    wrong usage or invalid input
                  3    something that the theory says is not borne out: the page says what
                  130  interrupted; what is done stays done

                """,
            "doctor" => """
                Examples:
                  meanfield doctor crowd-grid --set temperature=0.3
                  meanfield doctor crowd-grid --game congestion=-1 --out runs/doctor
                  meanfield doctor rock-paper-scissors --set transition-steps=10 --json

                A violated assumption is proved by its witness; what is not violated is only
                what a search did not find, unless the report says "exact".

                Exit codes:
                  0    no assumption is violated, as far as was seen
                  2    wrong usage or invalid input
                  3    an assumption is violated; the report has the witness
                  130  interrupted

                """,
            "certify" => """
                Examples:
                  meanfield certify runs/office
                  meanfield certify runs/office > /dev/null && echo "it holds"

                Nothing stored is trusted: the game is built again from run.json, and the
                intervals are computed again from policy.npy and mean_field.npy.

                Exit codes:
                  0    the stored certificate holds
                  2    it does not, or the files cannot be read

                """,
            "report" => """
                Examples:
                  meanfield report runs/office       writes runs/office/report.html

                """,
            _ => """
                Examples:
                  meanfield solve crowd-grid         solve a 5 x 5 grid and write a report
                  meanfield games                    what can be solved, and every parameter
                  meanfield solve --help             all that 'solve' can do

                """,
        };
}
