using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Linting;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>What <c>validate</c> does with each file once it is read: every check, then the verdict.</summary>
internal sealed class FlowValidation(Invocation invocation)
{
    private readonly KlingLimits limits = Limits(invocation);

    /// <summary>Of all files, in the order in which they are told.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Of all files, as far as they could be read.</summary>
    public List<Flow> Flows { get; } = [];

    public bool HasErrors { get; private set; }

    public void Add(string path, ReadFile file)
    {
        var (read, faces, diagnostics) = file;
        foreach (var flow in read)
        {
            FlowChecks.Check(flow, limits, diagnostics, faces);
            FlowLint.Check(flow, limits, diagnostics);
            SignedUrlLint.Check(flow.Jobs.Where(static job => job.SkippedBecause is null), flow.Run.Deadline, invocation.Context.Time.GetUtcNow(), limits, diagnostics);
        }

        var found = diagnostics.Sorted();
        StepSummary.Add(invocation.Context, () => DiagnosticMarkdown.Of(Verdict(path, read, diagnostics), found));
        Diagnostics.AddRange(found);
        Flows.AddRange(read);
        HasErrors |= diagnostics.HasErrors;
        if (invocation.Format == "text")
        {
            invocation.Tell(found);
        }

        if (invocation.Format is "text" or "github")
        {
            invocation.Terminal.Say(Verdict(path, read, diagnostics));
        }
    }

    // No service is asked for, so a private host may be meant for a simulator; one that is named on purpose can fetch from there.
    private static KlingLimits Limits(Invocation invocation) =>
        (invocation.BaseUrl ?? invocation.Context.Environment("GMI_BASE_URL")) is { } url
            ? Limits(url)
            : KlingLimits.Current;

    // Apart: without an address nothing that reads one is loaded.
    private static KlingLimits Limits(string baseUrl) => Uri.TryCreate(baseUrl, UriKind.Absolute, out var service) && PrivateHost.Is(service)
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
