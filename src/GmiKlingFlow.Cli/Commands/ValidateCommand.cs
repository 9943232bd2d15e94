using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>validate FLOW...</c>: every check that can be made without the service. Sends nothing, needs no key.</summary>
internal sealed class ValidateCommand : CliCommand
{
    public const string CommandName = "validate";
    public const string DefaultFormat = "text";
    public const string Summary = "Checks flows and their media, and sends nothing.";

    private readonly Argument<string[]> flows = FlowsArgument("The flows to check.");
    private readonly FlowOptions options = new();
    private readonly DiagnosticReport report = new();

    public ValidateCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nProblems are told on standard error; with --format json, github or sarif on standard output.", context, common)
    {
        Arguments.Add(flows);
        options.AddSourcesTo(this);
        AddWarningSwitches();
        report.AddTo(this);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow validate flow.yaml", "tells every problem, with its place and the way out"),
        new("gkflow validate flows/*.yaml --format json", "the same for a program"),
        new("gkflow validate flow.yaml --format github", "in GitHub Actions: shown at the flow's lines"),
    ];

    protected override IReadOnlyList<string> Formats => [DefaultFormat, "json", .. DiagnosticReport.Formats];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        if (report.Problem(parse, invocation) is { } problem)
        {
            return invocation.Refuse(problem);
        }

        var files = new FilesAskedFor(invocation, ("--sarif", report.File(parse)));
        var paths = parse.GetValue(flows) ?? [];
        var reader = new FlowReader(invocation, options.AllowPath.AllIn(parse), parse.GetValue(options.Online), hashes: false);
        var validation = new FlowValidation(invocation);
        foreach (var path in paths)
        {
            validation.Add(path, await reader.ReadAsync(path, cancellationToken));
        }

        if (files.OfTheFlows(validation.Flows.Select(flow => (flow, FlowFolders.Of(flow, invocation, validation.Flows.Count == 1)))) is { } inTheWay)
        {
            return invocation.Refuse(inTheWay);
        }

        report.Write(parse, invocation, validation.Diagnostics);
        return validation.HasErrors ? ExitCodes.WrongInput : ExitCodes.Done;
    }
}
