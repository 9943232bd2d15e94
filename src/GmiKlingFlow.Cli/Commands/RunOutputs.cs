using System.CommandLine;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>What a pipeline reads of a run: <c>--junit FILE</c>, <c>--sarif FILE</c>, <c>--format github</c>, and GitHub's step summary.</summary>
internal sealed class RunOutputs
{
    private readonly DiagnosticReport report = new("Writes failed jobs and what is wrong with the flow to FILE as SARIF 2.1.0, for code scanning.");

    private readonly CheckedOption junit = CheckedOption.Text("--junit", "FILE", "Writes the jobs to FILE as JUnit XML: each job a test.");

    public void AddTo(Command command)
    {
        command.Options.Add(junit);
        report.AddTo(command);
    }

    /// <returns>Why one of the files may not be written; null when they may.</returns>
    public Diagnostic? Problem(ParseResult parse, Invocation invocation) =>
        JUnitFile.Problem(junit.In(parse), invocation) ?? report.Problem(parse, invocation);

    /// <param name="outcomes">In the order of the command line.</param>
    /// <exception cref="IOException">One of the files could not be written.</exception>
    public void Write(ParseResult parse, Invocation invocation, IReadOnlyList<FlowOutcome> outcomes)
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
    }
}
