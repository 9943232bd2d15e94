using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Reports;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>report results.json...</c>: what was done, as one page for a browser. Reads files and nothing else.</summary>
internal sealed class ReportCommand : CliCommand
{
    public const string CommandName = "report";
    public const string Summary = "Makes one HTML page of results or plans: timeline, faces, videos side by side, failures, cost.";

    private readonly Argument<string[]> files = new("files")
    {
        HelpName = "RESULTS",
        Arity = ArgumentArity.OneOrMore,
        Description = "Each a results.json, the folder it lies in, or a plan as JSON.",
    };

    private readonly CheckedOption output = CheckedOption.Text("-o", "FILE", "Where the page goes. Default: beside the file, as in results.html; with several files report.html beside the first.");

    public ReportCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nThe page is one file that needs no network; keep it beside the videos it plays.", context, common)
    {
        Arguments.Add(files);
        Options.Add(output);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow report out/launch/results.json", "writes out/launch/results.html"),
        new("gkflow report shard-*/results.json -o report.html", "all shards on one page"),
        new("gkflow report plan.json", "the same for a plan: what would be sent"),
    ];

    protected override Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken) =>
        Task.FromResult(Make(parse.GetValue(files) ?? [], output.In(parse), invocation));

    private static int Make(string[] names, string? wanted, Invocation invocation)
    {
        var inputs = new List<ReportInput>();
        try
        {
            var problems = new List<Diagnostic>();
            foreach (var (path, shown) in names.Select(name => (invocation.Context.FullPath(name), name)).DistinctBy(static each => each.Item1))
            {
                var (input, problem) = ReportInput.Read(path, shown);
                inputs.AddRange(input is null ? [] : [input]);
                problems.AddRange(problem is null ? [] : [problem]);
            }

            if (problems.Count > 0)
            {
                return invocation.Refuse([.. problems]);
            }

            var place = wanted is null ? ReportFile.PlaceFor([.. inputs.Select(static input => input.Path)]) : invocation.Context.FullPath(wanted);
            var placeShown = wanted ?? invocation.Context.ShownPath(place);
            if (ReportFile.Problem(place, placeShown) is { } taken)
            {
                return invocation.Refuse(taken);
            }

            if (ReportFile.Write(place, placeShown, inputs, invocation.Context.WorkingDirectory) is { } notWritten)
            {
                invocation.Refuse(notWritten);
                return ExitCodes.StateUnusable;
            }

            invocation.Terminal.Data.WriteLine(placeShown);
            return ExitCodes.Done;
        }
        finally
        {
            inputs.ForEach(static input => input.Dispose());
        }
    }
}
