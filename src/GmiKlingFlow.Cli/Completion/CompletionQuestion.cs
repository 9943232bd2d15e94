using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;

namespace GmiKlingFlow.Cli.Completion;

/// <summary>A command line that is being typed, and what could stand in the place of its last word.</summary>
/// <param name="before">The words before it, without the program's name.</param>
/// <param name="typed">The beginning of the last word, without quotes.</param>
internal sealed class CompletionQuestion(RootCommand root, IReadOnlyList<string> before, string typed, ProgramContext context, CommonOptions common)
{
    public IEnumerable<string> Answers()
    {
        var (command, awaiting, position, onlyArguments) = Walk();
        if (awaiting is not null)
        {
            return ValuesOf(awaiting, command, typed);
        }

        if (typed.StartsWith('-') && !onlyArguments)
        {
            var equals = typed.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 ? OptionNames(command)
                : OptionOf(command, typed[..equals]) is { } option ? ValuesOf(option, command, typed[(equals + 1)..]).Select(value => typed[..(equals + 1)] + value)
                : [];
        }

        if (command is RootCommand)
        {
            return position > 0 ? [] : root.Subcommands.Where(static c => !c.Hidden).Select(static c => c.Name).Concat(OptionNames(command)).Where(Fits);
        }

        // The last argument takes the rest where it takes several.
        var argument = position < command.Arguments.Count ? command.Arguments[position]
            : command.Arguments is [.., { Arity.MaximumNumberOfValues: > 1 } last] ? last
            : null;
        return argument is null ? [] : ValuesOf(argument, command, typed);
    }

    private (Command Command, Option? Awaiting, int Position, bool OnlyArguments) Walk()
    {
        Command command = root;
        var (position, onlyArguments) = (0, false);
        for (var i = 0; i < before.Count; i++)
        {
            var word = before[i];
            if (!onlyArguments && word == "--")
            {
                onlyArguments = true;
            }
            else if (!onlyArguments && word.Length > 1 && word[0] == '-')
            {
                if (!word.Contains('=', StringComparison.Ordinal) && OptionOf(command, word) is CheckedOption option && ++i == before.Count)
                {
                    return (command, option, position, onlyArguments);
                }
            }
            else if (command is RootCommand)
            {
                command = root.Subcommands.FirstOrDefault(c => c.Name == word) ?? command;
                position = command is RootCommand ? 1 : 0;
            }
            else
            {
                position++;
            }
        }

        return (command, null, position, onlyArguments);
    }

    private IEnumerable<string> ValuesOf(Symbol symbol, Command command, string begun)
    {
        // An option without its value would spoil the reading of all others.
        var whole = before is [.., var last] && last.StartsWith('-') && symbol is Option && typed == begun ? before.SkipLast(1) : before;
        var parse = root.Parse([.. whole], CommandHost.Parsing);
        var values = new CompletionValues(parse, command, Invocation.Of(parse, context, common, "text")).Of(symbol, begun);
        return values.Where(value => value.StartsWith(begun, StringComparison.Ordinal));
    }

    private IEnumerable<string> OptionNames(Command command) =>
        CommandForms.OwnOptions(command).Concat(CommandForms.CommonOptions(command)).SelectMany(static option => option.Aliases.Append(option.Name)).Where(Fits).Order(StringComparer.Ordinal);

    private static Option? OptionOf(Command command, string name) =>
        CommandForms.OwnOptions(command).Concat(CommandForms.CommonOptions(command)).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private bool Fits(string word) => word.StartsWith(typed, StringComparison.Ordinal);
}
