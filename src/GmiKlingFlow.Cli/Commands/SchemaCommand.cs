using System.CommandLine;
using System.Reflection;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>schema [NAME]</c>: one of the JSON Schemas that the program was built with.</summary>
internal sealed class SchemaCommand : CliCommand
{
    public const string CommandName = "schema";
    public const string Summary = "Prints a JSON Schema, for editors and other checkers.";

    private const string Prefix = "schemas/";
    private const string Suffix = ".schema.json";

    private readonly Argument<string> name = new("name")
    {
        HelpName = "NAME",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "flow, plan, results, faces-lock, diagnostics or events; flow.v1 for a certain version. Left out: the names.",
    };

    public SchemaCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common)
    {
        name.CompletionSources.Add(static _ => Names().Select(static n => new System.CommandLine.Completions.CompletionItem(n)));
        Arguments.Add(name);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow schema flow > flow.schema.json", "saves the schema of flows"),
        new("gkflow schema", "lists the names"),
    ];

    /// <summary>Each schema's name with its version, such as <c>flow.v1</c>, in order.</summary>
    public static IReadOnlyList<string> Versions() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(static r => r.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static r => r[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    protected override Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken) =>
        Task.FromResult(parse.GetValue(name) is { } given ? Print(given, invocation) : List(invocation));

    /// <summary>The names without versions: each stands for its newest.</summary>
    private static IEnumerable<string> Names() => Versions().Select(static v => v.Split('.')[0]).Distinct();

    private static int Print(string given, Invocation invocation)
    {
        var version = Versions().LastOrDefault(v => v == given || v.StartsWith($"{given}.", StringComparison.Ordinal));
        using var resource = version is null ? null : Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{version}{Suffix}");
        if (resource is null)
        {
            return invocation.Refuse(CommandLineDiagnostics.UnknownSchema(given, string.Join(", ", Names()), NearestName.Of(given, Names())));
        }

        invocation.Terminal.Data.WriteLine(new StreamReader(resource).ReadToEnd().ReplaceLineEndings("\n").TrimEnd());
        return ExitCodes.Done;
    }

    private static int List(Invocation invocation)
    {
        foreach (var known in Versions())
        {
            invocation.Terminal.Data.WriteLine(known);
        }

        return ExitCodes.Done;
    }
}
