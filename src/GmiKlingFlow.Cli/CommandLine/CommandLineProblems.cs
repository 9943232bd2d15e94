using System.CommandLine;
using System.CommandLine.Parsing;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>Turns what the parser could not use, and values that are wrong, into diagnostics of our own.</summary>
internal static class CommandLineProblems
{
    /// <param name="words">The command line as it was given: what stood behind a switch's <c>=</c>, the parser takes for a file.</param>
    public static IReadOnlyList<Diagnostic> Of(ParseResult parse, IReadOnlyList<string> words)
    {
        var command = parse.CommandResult.Command;
        if (SwitchesWithValues(command, words).ToList() is { Count: > 0 } switches)
        {
            return switches;
        }

        var problems = new DiagnosticBag();
        // What follows an unknown option may be its value: tell the cause alone.
        var options = UnknownOptions(parse);
        problems.AddRange(options.Select(name => CommandLineDiagnostics.UnknownOption(name, Typed(command), NearestName.Of(name, OptionNames(command)))));
        problems.AddRange(options.Count > 0 ? [] : parse.UnmatchedTokens.Select(token => Unmatched(token, command)));
        if (command is RootCommand && parse.UnmatchedTokens.Count == 0)
        {
            problems.Add(CommandLineDiagnostics.NoCommand());
        }

        foreach (var result in parse.CommandResult.Children.Concat(parse.RootCommandResult.Children).OfType<OptionResult>().Distinct())
        {
            problems.AddRange(OfOption(result));
        }

        // A wrong option is often the reason for a missing argument: tell the cause alone.
        if (problems.Count == 0)
        {
            problems.AddRange(MissingArguments(parse.CommandResult));
        }

        // Whatever the parser found that has no words of ours yet.
        if (problems.Count == 0)
        {
            problems.AddRange(parse.Errors.Select(static e => CommandLineDiagnostics.NotParsed(e.Message)));
        }

        return problems.Sorted();
    }

    /// <summary>The command's name as it is typed, such as <c>gkflow plan</c>.</summary>
    public static string Typed(Command command) => command is RootCommand ? "gkflow" : $"gkflow {command.Name}";

    /// <summary>Words that look like options, wherever the parser put them: it takes an unknown option before a file for a file.</summary>
    private static List<string> UnknownOptions(ParseResult parse)
    {
        var taken = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static a => a.Tokens).Select(static t => t.Value);
        var afterDoubleDash = parse.Tokens.SkipWhile(static t => t.Type != TokenType.DoubleDash).Select(static t => t.Value).ToHashSet(StringComparer.Ordinal);
        return [.. taken.Concat(parse.UnmatchedTokens).Where(word => word.Length > 1 && word[0] == '-' && !afterDoubleDash.Contains(word)).Select(static word => word.Split('=', 2)[0]).Distinct()];
    }

    private static Diagnostic Unmatched(string token, Command command) => command is RootCommand root
        ? CommandLineDiagnostics.UnknownCommand(token, NearestName.Of(token, root.Subcommands.Select(static c => c.Name)))
        : CommandLineDiagnostics.UnexpectedArgument(token, Typed(command));

    private static IEnumerable<Diagnostic> OfOption(OptionResult result)
    {
        if (result.Implicit || result.Option is not CheckedOption option)
        {
            yield break;
        }

        if (result.Tokens.Count < result.IdentifierTokenCount || result.Tokens.Count == 0)
        {
            yield return CommandLineDiagnostics.OptionNeedsValue(option.Name, option.HelpName ?? "VALUE");
        }
        else if (!option.IsRepeatable && result.Tokens.Count > 1)
        {
            yield return CommandLineDiagnostics.OptionGivenTwice(option.Name, result.Tokens.Count);
        }

        foreach (var token in result.Tokens)
        {
            if (option.Check(token.Value) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<Diagnostic> MissingArguments(CommandResult command) => command.Command.Arguments
        .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && command.GetResult(argument) is not { Tokens.Count: > 0 })
        .Select(argument => CommandLineDiagnostics.MissingArgument(argument.HelpName ?? argument.Name, Typed(command.Command)));

    private static IEnumerable<Diagnostic> SwitchesWithValues(Command command, IReadOnlyList<string> words)
    {
        var switches = OptionsOf(command).Where(static option => option is Option<bool>).SelectMany(static option => option.Aliases.Append(option.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var word in words.TakeWhile(static word => word != "--").Where(static word => word.StartsWith('-')))
        {
            // The parser takes a colon for "=" too.
            var end = word.IndexOfAny(['=', ':']);
            if (end > 0 && switches.Contains(word[..end]) && !bool.TryParse(word[(end + 1)..], out _))
            {
                yield return CommandLineDiagnostics.NotOnOrOff(word[..end], word[(end + 1)..]);
            }
        }
    }

    private static IEnumerable<string> OptionNames(Command command) => OptionsOf(command).Where(static o => !o.Hidden).Select(static o => o.Name);

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(static p => p.Options).Where(static o => o.Recursive));
}
