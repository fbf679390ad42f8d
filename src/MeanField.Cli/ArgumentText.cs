using System.Globalization;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>Reads the values of command-line options from text.</summary>
internal static class ArgumentText
{
    private const int MaximumThreads = 256;

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
        && threads is >= 1 and <= MaximumThreads
            ? threads
            : throw new ParameterException(
                $"--threads is '{text}', allowed is a whole number from 1 to {MaximumThreads}"
            );

    /// <summary>Reads the folder for the results; <see langword="null"/> stays so.</summary>
    /// <exception cref="ParameterException">It is empty.</exception>
    public static string? Folder(string? text) =>
        text is not null && string.IsNullOrWhiteSpace(text)
            ? throw new ParameterException("--out is empty, allowed is the path of a folder")
            : text;
}
