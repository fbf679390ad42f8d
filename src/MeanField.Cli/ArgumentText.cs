using System.Globalization;
using MeanField.Experiments.Runs;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>Reads the values of command-line options from text.</summary>
internal static class ArgumentText
{
    /// <summary>Splits <c>KEY=VALUE</c> arguments at their first equals sign.</summary>
    /// <exception cref="ParameterException">One has no equals sign or no key.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> KeysAndValues(
        string option,
        IReadOnlyList<string> arguments
    ) =>
        [
            .. arguments.Select(argument =>
                argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                    ? new KeyValuePair<string, string>(argument[..at].Trim(), argument[(at + 1)..].Trim())
                    : throw new ParameterException($"{option} is '{argument}', allowed is KEY=VALUE")
            ),
        ];

    /// <summary>Reads a seed.</summary>
    /// <exception cref="ParameterException">It is no 64-bit whole number.</exception>
    public static long Seed(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new ParameterException(
                $"--seed is '{text}', allowed is a whole number from {long.MinValue} to {long.MaxValue}"
            );

    /// <summary>Reads a number of threads.</summary>
    /// <exception cref="ParameterException">It is no whole number from 1 to 256.</exception>
    public static int Threads(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads)
        && threads is >= 1 and <= RunRecord.MaximumThreads
            ? threads
            : throw new ParameterException(
                $"--threads is '{text}', allowed is a whole number from 1 to {RunRecord.MaximumThreads}"
            );

    /// <summary>Reads a whole number; <see langword="null"/> stays so.</summary>
    /// <exception cref="ParameterException">It is none from the least to the largest.</exception>
    public static int? Whole(string option, string? text, int least, int most) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
        : throw new ParameterException($"{option} is '{text}', allowed is a whole number from {least} to {most}");

    /// <summary>Reads names with commas between; none where nothing is given.</summary>
    /// <exception cref="ParameterException">One is empty.</exception>
    public static IReadOnlyList<string> Names(string option, string? text)
    {
        var names = text?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return names.Contains("", StringComparer.Ordinal)
            ? throw new ParameterException($"{option} is '{text}', allowed are names with commas between")
            : [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads a number of seconds.</summary>
    /// <exception cref="ParameterException">It is no finite number of at least 0.</exception>
    public static double Seconds(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && double.IsFinite(seconds)
        && seconds >= 0
            ? seconds
            : throw new ParameterException($"{option} is '{text}', allowed is a finite number of at least 0");

    /// <summary>Reads a folder; <see langword="null"/> stays so.</summary>
    /// <exception cref="ParameterException">It is empty.</exception>
    public static string? Folder(string? text, string option = "--out") =>
        text is not null && string.IsNullOrWhiteSpace(text)
            ? throw new ParameterException($"{option} is empty, allowed is the path of a folder")
            : text;
}
