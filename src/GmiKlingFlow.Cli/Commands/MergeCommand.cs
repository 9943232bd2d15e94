using System.CommandLine;
using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>merge results.json... -o FILE</c>: one results manifest out of several shards'.</summary>
internal sealed class MergeCommand : CliCommand
{
    public const string CommandName = "merge";
    public const string Summary = "Makes one results manifest out of several runs of the same flow, mostly of its shards.";

    private readonly Argument<string[]> manifests = new("results")
    {
        HelpName = "RESULTS",
        Arity = ArgumentArity.OneOrMore,
        Description = "Each a results.json, or the folder it lies in.",
    };

    private readonly CheckedOption output = CheckedOption.Text("-o", "FILE", "Where the merged manifest goes, best above its parts: verify and report look for videos below it. YAML where it ends in .yaml or .yml.");

    private readonly Option<bool> allowMissing = new("--allow-missing") { Description = "Goes without shards that are missing: their jobs are told as pending." };

    private readonly CheckedOption junit = CheckedOption.Text("--junit", "FILE", "Writes the jobs to FILE as JUnit XML too.");

    public MergeCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nEnds as a run of all of them would have: with 1 where a job failed, with 6 where one is not settled or missing.", context, common)
    {
        Arguments.Add(manifests);
        foreach (var option in new Option[] { output, allowMissing, junit })
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow merge shard-1 shard-2 shard-3 -o results.json", "three shards' results, of each folder its results.json"),
        new("gkflow merge shard-* -o results.json --junit run.xml", "and one test report of all of them"),
        new("gkflow merge shard-* -o results.json --allow-missing", "also where a machine was lost"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        if (Problem(parse, invocation) is { } problem)
        {
            return Task.FromResult(invocation.Refuse(problem));
        }

        var files = new List<ResultsFile>();
        try
        {
            return Task.FromResult(Read(parse.GetValue(manifests) ?? [], files, invocation) is { } parts ? Merge(parts, parse, invocation) : ExitCodes.WrongInput);
        }
        finally
        {
            files.ForEach(static file => file.Dispose());
        }
    }

    private int Merge(List<MergedPart> parts, ParseResult parse, Invocation invocation)
    {
        var target = output.In(parse) is { } file ? invocation.Context.FullPath(file) : null;
        if (target is not null && (parse.GetValue(manifests) ?? []).Any(given => IsSame(ManifestOf(given, invocation), target)))
        {
            return invocation.Refuse(CommandLineDiagnostics.MergeOverInput(output.In(parse) ?? target));
        }

        var found = new DiagnosticBag(invocation.Warnings);
        var merged = new ResultsMerge(Path.GetDirectoryName(target) ?? invocation.Context.WorkingDirectory, parse.GetValue(allowMissing), found).Of(parts);
        invocation.Tell(found.Sorted());
        if (merged is null)
        {
            invocation.Terminal.Say("Nothing was written.");
            return ExitCodes.WrongInput;
        }

        Write(merged, target, parse, invocation);
        return ExitCodes.Worse(
            FlowRun.ExitCode(RunEnd.Completed, merged.Summary),
            merged.Summary.Pending > 0 ? ExitCodes.NotSettled : ExitCodes.Done);
    }

    private Diagnostic? Problem(ParseResult parse, Invocation invocation)
    {
        if (new FilesAskedFor(invocation, ("-o", output.In(parse)), ("--junit", junit.In(parse))).Twice() is { } twice)
        {
            return twice;
        }

        if (output.In(parse) is not { } file)
        {
            return invocation.Format == "json" ? JUnitFile.Problem(junit.In(parse), invocation) : CommandLineDiagnostics.MergeNeedsFile();
        }

        var path = invocation.Context.FullPath(file);
        return Directory.Exists(path) || (File.Exists(path) && new FileInfo(path).Length > 0 && !IsResults(path))
            ? CommandLineDiagnostics.NotAResultsFile(file)
            : JUnitFile.Problem(junit.In(parse), invocation);
    }

    /// <summary>The file that is meant by a file or its folder.</summary>
    private static string ManifestOf(string given, Invocation invocation) =>
        invocation.Context.FullPath(given) is var path && Directory.Exists(path) ? Path.Combine(path, ResultsWriter.JsonName) : path;

    // The YAML beside a manifest says the same, and is as much a loss. Without case, as some file systems have it.
    private static bool IsSame(string manifest, string target) => string.Equals(Path.ChangeExtension(manifest, null), Path.ChangeExtension(target, null), StringComparison.OrdinalIgnoreCase);

    // Our own YAML begins like this; nobody else's is overwritten.
    private static bool IsResults(string path)
    {
        if (IsYaml(path))
        {
            return File.ReadLines(path).Take(3).Any(static line => line.StartsWith("kind: Results", StringComparison.Ordinal));
        }

        if (ResultsReader.Of(path) is not ResultsReading.Read { File: var file })
        {
            return false;
        }

        file.Dispose();
        return true;
    }

    private static bool IsYaml(string path) => Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml";

    /// <param name="files">Those that could be read, to be closed when all is done.</param>
    /// <returns>Null, with every problem told, when one of them can't be read.</returns>
    private static List<MergedPart>? Read(string[] given, List<ResultsFile> files, Invocation invocation)
    {
        var (parts, problems) = (new List<MergedPart>(), new List<Diagnostic>());
        foreach (var name in given)
        {
            var (path, marks) = (ManifestOf(name, invocation), new JobMarks());
            switch (ResultsReader.Of(path, marks))
            {
                case ResultsReading.Read { File: var file }:
                    files.Add(file);
                    parts.Add(new MergedPart(name, Path.GetDirectoryName(path) ?? path, file.Results, marks));
                    break;
                case ResultsReading.Unusable { Reason: var reason }:
                    problems.Add(CommandLineDiagnostics.ResultsUnusable(name, reason));
                    break;
            }
        }

        if (problems.Count > 0)
        {
            invocation.Refuse([.. problems]);
            return null;
        }

        return parts;
    }

    private void Write(RunResults merged, string? target, ParseResult parse, Invocation invocation)
    {
        var terminal = invocation.Terminal;
        if (target is not null)
        {
            WholeFile.Write(target, stream => ResultsWriter.Write(stream, merged, IsYaml(target)));
        }

        var outcome = new FlowOutcome(merged.Flow.Name, merged.Flow.File, new RunReport(merged, RunEnd.Completed, null, target ?? ""), []);
        StepSummary.Add(invocation.Context, () => ResultsMarkdown.Of(outcome));
        JUnitFile.Write(junit.In(parse), invocation, [outcome]);
        if (invocation.Format == "json")
        {
            terminal.WriteData(stream => ResultsWriter.Write(stream, merged, asYaml: false));
            return;
        }

        foreach (var job in merged.Jobs.Where(static job => job.Error is not null))
        {
            terminal.WriteSentence($"{RunWords.Status(job.Status),-9}  {Printable.Line(job.Id)}  {job.Error?.Code}: {Printable.Line(job.Error?.Message ?? "")}");
        }

        terminal.WriteSentence(RunSummaryText.Verdict(merged));
        terminal.Data.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Merged {merged.Run.MergedFrom?.Count ?? 1} {(merged.Run.MergedFrom is { Count: > 1 } ? "runs" : "run")} into {output.In(parse)}."));
    }
}
