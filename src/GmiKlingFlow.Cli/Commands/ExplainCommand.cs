using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>explain [CODE]</c>: the page of a diagnostic, or the list of all.</summary>
internal sealed class ExplainCommand : CliCommand
{
    public const string CommandName = "explain";
    public const string Summary = "Explains a diagnostic: cause, a wrong and a right example.";

    private readonly Argument<string> code = new("code")
    {
        HelpName = "CODE",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A code such as GKF4003, in any case, with or without GKF. Left out: all codes.",
    };

    public ExplainCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common)
    {
        code.CompletionSources.Add(static _ => Explanation.Codes.Select(static c => new System.CommandLine.Completions.CompletionItem(c)));
        Arguments.Add(code);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow explain GKF4003", "prints the page of GKF4003"),
        new("gkflow explain", "lists all codes"),
    ];

    protected override Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken) =>
        Task.FromResult(parse.GetValue(code) is { } given ? Explain(given, invocation) : List(invocation));

    private static int Explain(string given, Invocation invocation)
    {
        var full = given.ToUpperInvariant();
        full = full.StartsWith("GKF", StringComparison.Ordinal) ? full : $"GKF{full}";
        if (Explanation.Of(full) is not { } page)
        {
            return invocation.Refuse(CommandLineDiagnostics.UnknownCode(given, NearestName.Of(full, Explanation.Codes)));
        }

        invocation.Terminal.Data.WriteLine(page.TrimEnd());
        return ExitCodes.Done;
    }

    private static int List(Invocation invocation)
    {
        foreach (var known in Explanation.Codes)
        {
            invocation.Terminal.Data.WriteLine($"{known}  {Explanation.TitleOf(known)}");
        }

        return ExitCodes.Done;
    }
}
