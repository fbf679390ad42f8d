using System.CommandLine;
using System.CommandLine.Parsing;
using MeanField.Experiments.Formats;

namespace MeanField.Cli;

/// <summary>Puts what is wrong with a command line into one sentence: what was found, what is allowed, what was probably meant.</summary>
internal static class UsageError
{
    /// <summary>The first mistake that matters, or <see langword="null"/> when the command line can run.</summary>
    public static string? Find(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 && MisplacedOption(parsed) is null)
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var help = command is RootCommand ? "meanfield --help" : $"meanfield {command.Name} --help";
        return $"{Describe(parsed, command)} (see '{help}')";
    }

    private static string Describe(ParseResult parsed, Command command)
    {
        if ((MisplacedOption(parsed) ?? parsed.UnmatchedTokens.FirstOrDefault(LooksLikeOption)) is { } option)
        {
            var allowed = command.Options.Select(o => o.Name).Append("--help").Distinct(StringComparer.Ordinal);
            var subject = command is RootCommand ? "there is" : $"{command.Name} has";
            return $"{subject} no option '{option}'; allowed: {Suggestion.Allowed(option, allowed)}";
        }

        if (command is RootCommand)
        {
            var allowed = command.Subcommands.Select(c => c.Name);
            return parsed.UnmatchedTokens is [var found, ..]
                ? $"there is no command '{found}'; allowed: {Suggestion.Allowed(found, allowed)}"
                : $"no command is given; allowed: {string.Join(", ", allowed)}";
        }

        if (parsed.UnmatchedTokens.Count > 0)
        {
            var takes = command.Arguments.Count == 0 ? "options only" : $"one {command.Arguments[0].Name} and options";
            return $"{command.Name} got '{parsed.UnmatchedTokens[0]}' as well; allowed: {takes}";
        }

        return parsed.Errors[0].SymbolResult switch
        {
            ArgumentResult { Parent: OptionResult parent } => DescribeOption(parent),
            OptionResult result => DescribeOption(result),
            ArgumentResult or CommandResult when command.Arguments.Count > 0 =>
                $"{command.Name} needs a {command.Arguments[0].Name}; allowed: {Lowered(command.Arguments[0].Description)}",
            _ => parsed.Errors[0].Message.TrimEnd('.'),
        };
    }

    private static string DescribeOption(OptionResult result)
    {
        var option = result.Option;
        if (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool))
        {
            return $"{option.Name} is given with something else; allowed: {option.Name} alone";
        }

        return result.Tokens.Count == 0
            ? $"{option.Name} has no value; allowed: {option.Name} {option.HelpName}"
            : $"{option.Name} is given {result.IdentifierTokenCount} times; allowed: once";
    }

    private static string Lowered(string? sentence) =>
        string.IsNullOrEmpty(sentence) ? "" : char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');

    // "solve --sede 3" parses as the game '--sede', because a game may have any name.
    private static string? MisplacedOption(ParseResult parsed) =>
        parsed
            .CommandResult.Command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
            .Select(token => token.Value)
            .FirstOrDefault(LooksLikeOption);

    private static bool LooksLikeOption(string? text) => text is { Length: > 1 } && text[0] == '-';
}
