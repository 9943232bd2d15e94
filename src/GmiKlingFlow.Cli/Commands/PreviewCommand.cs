using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Previews;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Rendering;
using GmiKlingFlow.Runtime.Previews;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>preview FLOW...</c>: an animatic of each job, made here with ffmpeg. Asks no service, costs nothing.</summary>
internal sealed class PreviewCommand : CliCommand
{
    public const string CommandName = "preview";
    public const string Summary = "Shows each job as an animatic: the clips at their times and volumes, bars of who speaks. Lips don't move.";

    private readonly Argument<string[]> flows = FlowsArgument("The flows whose jobs are shown.");
    private readonly FlowOptions options = new();

    private readonly CheckedOption ffmpeg = CheckedOption.Text("--ffmpeg", "FILE", "The ffmpeg program. Default: GKFLOW_FFMPEG, else the PATH's.");

    private readonly CheckedOption standIn = CheckedOption.Repeated(
        "--stand-in",
        "NAME=FILE",
        "A local copy in the place of a video or audio that is a URL, for the preview alone. Repeatable.",
        static pair => CommandLineValues.NameAndValue(pair) is null ? CommandLineDiagnostics.NotNameAndValue("--stand-in", pair) : null);

    private readonly CheckedOption folder = CheckedOption.Text("-o", "DIR", "Where the previews go, as --out. Default: preview/NAME beside the flow.");

    public PreviewCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nMade here with ffmpeg: nothing is sent, nothing costs money.", context, common)
    {
        Arguments.Add(flows);
        Options.Add(folder);
        Options.Add(ffmpeg);
        Options.Add(standIn);
        options.AddSourcesTo(this);
        AddWarningSwitches();
        options.AddSelectionTo(this);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow preview flow.yaml", "a JOB.preview.mp4 of each job in preview/NAME beside the flow"),
        new("gkflow preview flow.yaml --select \"host-*\" -o /tmp/look", "some jobs, elsewhere"),
        new("gkflow preview flow.yaml --stand-in host=copies/host.mp4", "where the video \"host\" is a URL"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        invocation = folder.In(parse) is { } given ? invocation with { OutputFolder = invocation.Context.FullPath(given) } : invocation;
        var planning = new FlowPlanning(invocation, parse, options, ServiceChoice.Of(invocation, simulate: false));
        if (await planning.ReadAsync(parse.GetValue(flows) ?? [], cancellationToken) is not { } readFlows)
        {
            return ExitCodes.WrongInput;
        }

        var named = ffmpeg.In(parse) is { } file ? invocation.Context.FullPath(file) : invocation.Context.Environment("GKFLOW_FFMPEG");
        if (named is not null && !File.Exists(named))
        {
            return invocation.Refuse(CommandLineDiagnostics.FfmpegNotThere(named));
        }

        if ((named ?? FfmpegProgram.Find("ffmpeg", invocation.Context.Environment("PATH"))) is not { } program)
        {
            return invocation.Refuse(CommandLineDiagnostics.FfmpegMissing());
        }

        var standIns = new StandIns(standIn.AllIn(parse), invocation);
        if (standIns.Problems([.. readFlows.Select(static flow => flow.Flow)]).ToList() is { Count: > 0 } problems)
        {
            return invocation.Refuse([.. problems]);
        }

        var show = new PreviewReport(invocation.Terminal, invocation.Format == "json");
        var preview = new FlowPreview(planning, new PreviewRenderer(new FfmpegProgram(program, invocation.Context.Time)), standIns, show, invocation);
        using var watch = invocation.Context.Stop.Watch(() => invocation.Terminal.Say("Stopping: the preview under way is dropped, those made stay."), static () => { });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.Drain);
        var exitCode = ExitCodes.Done;
        foreach (var flow in readFlows)
        {
            exitCode = ExitCodes.Worse(exitCode, await preview.RunAsync(flow, readFlows.Count == 1, stop.Token));
        }

        show.Finish();
        return exitCode;
    }
}
