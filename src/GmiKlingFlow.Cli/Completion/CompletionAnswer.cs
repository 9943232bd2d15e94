using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;

namespace GmiKlingFlow.Cli.Completion;

/// <summary>Answers a shell that asks <c>gkflow "[suggest:POSITION]" LINE</c> what could stand at the position; without one, at the line's end.</summary>
/// <remarks>Somebody waits with a finger on the Tab key: whatever goes wrong or takes long offers nothing, and says nothing.</remarks>
internal sealed class CompletionAnswer(ProgramContext context, CommonOptions common, RootCommand root) : AsynchronousCommandLineAction
{
    private const int Most = 1000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public override bool ClearsParseErrors => true;

    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        try
        {
            var words = ShellWords.Of(Line(parseResult));
            var offered = await Task.Run(() => Offered(words), cancellationToken).WaitAsync(Longest, context.Time, cancellationToken);
            offered.ForEach(context.Terminal.Data.WriteLine);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Not even a bug may write into the line that is being typed.
        }

        return ExitCodes.Done;
    }

    private List<string> Offered(IReadOnlyList<string> words) =>
    [
        .. new CompletionQuestion(root, [.. words.Skip(1).SkipLast(words.Count > 1 ? 1 : 0)], words.Count > 1 ? words[^1] : "", context, common).Answers()
            .Where(static word => !word.Any(char.IsControl)).Distinct(StringComparer.Ordinal).Take(Most),
    ];

    private static string Line(ParseResult parse)
    {
        var line = parse.Tokens.LastOrDefault(static token => token.Type != System.CommandLine.Parsing.TokenType.Directive)?.Value ?? "";
        var directive = parse.RootCommandResult.Children.OfType<System.CommandLine.Parsing.DirectiveResult>().FirstOrDefault(static result => result.Directive is SuggestDirective);
        return directive is { Values: [var text, ..] } && CommandLineValues.Count(text) is { } position && position < line.Length ? line[..position] : line;
    }
}
