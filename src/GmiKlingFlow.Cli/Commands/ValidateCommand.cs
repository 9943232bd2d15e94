using System.CommandLine;
using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Linting;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>validate FLOW...</c>: every check that can be made without the service. Sends nothing, needs no key.</summary>
internal sealed class ValidateCommand : CliCommand
{
    public const string CommandName = "validate";

    private readonly Argument<string[]> flows = FlowsArgument("The flows to check.");
    private readonly FlowOptions options = new();
    private readonly DiagnosticReport report = new();

    public ValidateCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, "Checks flows and their media, and sends nothing.\nProblems are told on standard error; with --format json, github or sarif on standard output.", context, common)
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

    protected override IReadOnlyList<string> Formats => ["text", "json", .. DiagnosticReport.Formats];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        if (report.Problem(parse, invocation) is { } problem)
        {
            return invocation.Refuse(problem);
        }

        var files = new FilesAskedFor(invocation, ("--sarif", report.File(parse)));
        var paths = parse.GetValue(flows) ?? [];
        var reader = new FlowReader(invocation, options.AllowPath.AllIn(parse), parse.GetValue(options.Online), hashes: false);
        var limits = Limits(invocation);
        var (all, found, hasErrors) = (new List<Diagnostic>(), new List<Flow>(), false);
        foreach (var path in paths)
        {
            var (read, faces, diagnostics) = await reader.ReadAsync(path, cancellationToken);
            foreach (var flow in read)
            {
                FlowChecks.Check(flow, limits, diagnostics, faces);
                FlowLint.Check(flow, limits, diagnostics);
                SignedUrlLint.Check(flow.Jobs.Where(static job => job.SkippedBecause is null), flow.Run.Deadline, invocation.Context.Time.GetUtcNow(), limits, diagnostics);
            }

            StepSummary.Add(invocation.Context, () => DiagnosticMarkdown.Of(Verdict(path, read, diagnostics), diagnostics.Sorted()));
            all.AddRange(diagnostics.Sorted());
            found.AddRange(read);
            hasErrors |= diagnostics.HasErrors;
            if (invocation.Format == "text")
            {
                invocation.Tell(diagnostics.Sorted());
            }

            if (invocation.Format is "text" or "github")
            {
                invocation.Terminal.Say(Verdict(path, read, diagnostics));
            }
        }

        if (files.OfTheFlows(found.Select(flow => (flow, FlowFolders.Of(flow, invocation, found.Count == 1)))) is { } inTheWay)
        {
            return invocation.Refuse(inTheWay);
        }

        report.Write(parse, invocation, all);
        return hasErrors ? ExitCodes.WrongInput : ExitCodes.Done;
    }

    // No service is asked for, so a private host may be meant for a simulator; one that is named on purpose can fetch from there.
    private static KlingLimits Limits(Invocation invocation) =>
        Uri.TryCreate(invocation.BaseUrl ?? invocation.Context.Environment("GMI_BASE_URL"), UriKind.Absolute, out var service) && PrivateHost.Is(service)
            ? KlingLimits.Current with { PrivateHosts = null }
            : KlingLimits.Current;

    private static string Verdict(string path, IReadOnlyList<Flow> flows, DiagnosticBag diagnostics)
    {
        path = Printable.Line(path);
        var found = DiagnosticText.Counts(diagnostics);
        if (diagnostics.Sorted().FirstOrDefault(static d => d.Severity == Severity.Error) is { } first)
        {
            return $"{path}: {found}. \"gkflow explain {first.Code}\" tells more.";
        }

        var jobs = flows.SelectMany(static flow => flow.Jobs).ToList();
        var left = jobs.Count(static job => job.SkippedBecause is not null);
        var chosen = jobs.Count - left;
        var skipped = left == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {left} left out by when");
        return string.Create(CultureInfo.InvariantCulture, $"{path}: valid, {chosen} {(chosen == 1 ? "job" : "jobs")}{skipped}{(found.Length == 0 ? "" : $"; {found}")}.");
    }
}
