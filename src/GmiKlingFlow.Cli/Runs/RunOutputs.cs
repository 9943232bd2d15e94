using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Reports;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>What a pipeline reads of a run: <c>--junit FILE</c>, <c>--sarif FILE</c>, <c>--format github</c>, and GitHub's step summary; and what people look at: <c>--report FILE</c>.</summary>
internal sealed class RunOutputs
{
    private readonly DiagnosticReport report = new("Writes failed jobs and what is wrong with the flow to FILE as SARIF 2.1.0, for code scanning.");

    private readonly CheckedOption junit = CheckedOption.Text("--junit", "FILE", "Writes the jobs to FILE as JUnit XML: each job a test.");

    private readonly CheckedOption page = CheckedOption.Text("--report", "FILE", "Writes the run to FILE as one HTML page, as gkflow report does.");

    public void AddTo(Command command)
    {
        command.Options.Add(page);
        command.Options.Add(junit);
        report.AddTo(command);
    }

    /// <returns>Why one of the files may not be written; null when they may.</returns>
    public Diagnostic? Problem(ParseResult parse, Invocation invocation) =>
        Files(parse, invocation).Twice() ?? JUnitFile.Problem(junit.In(parse), invocation) ?? report.Problem(parse, invocation)
        ?? (page.In(parse) is { } file ? ReportFile.Problem(invocation.Context.FullPath(file), file) : null);

    /// <summary>All that is asked for.</summary>
    public FilesAskedFor Files(ParseResult parse, Invocation invocation) =>
        new(invocation, ("--junit", junit.In(parse)), ("--sarif", report.File(parse)), ("--report", page.In(parse)));

    /// <param name="outcomes">In the order of the command line.</param>
    /// <returns>The exit code: the page could be written, or not.</returns>
    /// <exception cref="IOException">One of the other files could not be written.</exception>
    public int Write(ParseResult parse, Invocation invocation, IReadOnlyList<FlowOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            StepSummary.Add(invocation.Context, () => ResultsMarkdown.Of(outcome));
        }

        if (invocation.Told.Any(static told => told.Severity == Severity.Error))
        {
            StepSummary.Add(invocation.Context, () => DiagnosticMarkdown.Of("What is wrong:", invocation.Told));
        }

        report.Write(parse, invocation, [.. invocation.Told, .. outcomes.SelectMany(OutcomeDiagnostics.Of)], isPlanTold: true);
        JUnitFile.Write(junit.In(parse), invocation, outcomes);
        return page.In(parse) is { } file ? WritePage(file, invocation, outcomes) : ExitCodes.Done;
    }

    private static int WritePage(string file, Invocation invocation, IReadOnlyList<FlowOutcome> outcomes)
    {
        var inputs = outcomes.Select(static outcome => outcome.Report).OfType<RunReport>()
            .Where(static run => run.ResultsWritten)
            .Select(static run => ReportInput.Read(run.ResultsFile, run.ResultsFile).Input)
            .OfType<ReportInput>()
            .ToList();
        try
        {
            if (inputs.Count == 0)
            {
                // Nothing was run: a page of nothing would hide an older one.
                return ExitCodes.Done;
            }

            if (ReportFile.Write(invocation.Context.FullPath(file), file, inputs, invocation.Context.WorkingDirectory) is { } notWritten)
            {
                invocation.Tell([notWritten]);
                return ExitCodes.StateUnusable;
            }

            invocation.Terminal.Say($"Report: {file}");
            return ExitCodes.Done;
        }
        finally
        {
            inputs.ForEach(static input => input.Dispose());
        }
    }
}
