using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Previews;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Previews;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Makes the animatics of one flow's jobs, one after the other.</summary>
internal sealed class FlowPreview(FlowPlanning planning, PreviewRenderer renderer, StandIns standIns, PreviewReport show, Invocation invocation)
{
    private const string Extension = ".mp4";

    /// <param name="isOnlyFlow">False: <c>--out</c> holds a folder for each flow.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(PlannableFlow flow, bool isOnlyFlow, CancellationToken stop)
    {
        // A state that can't be read only means that faces may be unknown.
        using var state = planning.OpenForReading(flow);
        var plan = planning.Plan(flow, state);
        invocation.Tell(plan.Diagnostics);
        var exitCode = flow.Diagnostics.HasErrors ? FaceRefusal.ExitCode(flow.Diagnostics) : ExitCodes.Done;
        var folder = new OutputFolder(Folder(flow.Flow, isOnlyFlow));
        foreach (var job in plan.Jobs.Where(static job => job.Action != JobAction.Skip))
        {
            stop.ThrowIfCancellationRequested();
            exitCode = ExitCodes.Worse(exitCode, await RunAsync(job, flow.Flow, folder, stop));
        }

        return exitCode;
    }

    private string Folder(Flow flow, bool isOnlyFlow)
    {
        var beside = Path.GetDirectoryName(flow.FullPath) ?? invocation.Context.WorkingDirectory;
        return invocation.OutputFolder is not { } given ? Path.Combine(beside, "preview", flow.Name)
            : isOnlyFlow ? given
            : Path.Combine(given, flow.Name);
    }

    private async Task<int> RunAsync(PlannedJob job, Flow flow, OutputFolder folder, CancellationToken stop)
    {
        if (job.Action == JobAction.Blocked)
        {
            show.Refused(flow.Name, job, "blocked");
            return ExitCodes.WrongInput;
        }

        using var sounds = new PreviewSounds(standIns);
        if (standIns.Of(job.Job.Video.Name, job.Job.Video.Source) is not { } video)
        {
            return Refuse(job, flow, CommandLineDiagnostics.PreviewOfUrl(job.Job.Id, "video", job.Job.Video.Name));
        }

        var problems = new DiagnosticBag(invocation.Warnings);
        var length = video.Facts?.Duration ?? job.Job.Video.Duration ?? TimeSpan.Zero;
        if (video.Facts is not { Video: { } picture } facts || Soundtrack.Of(job, length, KlingLimits.Current, problems) is not { } track)
        {
            invocation.Tell(problems.Sorted());
            show.Refused(flow.Name, job, "can't be shown");
            return ExitCodes.WrongInput;
        }

        var files = track.Clips.Select(clip => sounds.Of(clip.Sound)).ToList();
        if (sounds.Missing is { } url)
        {
            return Refuse(job, flow, CommandLineDiagnostics.PreviewOfUrl(job.Job.Id, "audio", url));
        }

        var name = job.Job.Output.EndsWith(Extension, StringComparison.Ordinal) ? job.Job.Output[..^Extension.Length] : job.Job.Output;
        if (folder.Resolve($"{name}.preview{Extension}") is not OutputPath.Inside { FullPath: var output })
        {
            invocation.Tell(PreviewFailures.NotWritten($"{name}.preview{Extension}", "a link or a folder is in its way", hasOlder: false));
            show.Refused(flow.Name, job, "not written");
            return ExitCodes.StateUnusable;
        }

        if (Inputs(flow).Append(video.Path).Concat(files.OfType<string>()).Contains(output, StringComparer.OrdinalIgnoreCase))
        {
            return Refuse(job, flow, CommandLineDiagnostics.PreviewOverInput(job.Job.Id, invocation.Context.ShownPath(output)));
        }

        var task = new PreviewTask(job.Job.Id, video.Path, picture.Width, picture.Height, length, facts.Audio is not null, track, files, output);
        return Told(await renderer.RenderAsync(task, stop), task, job, flow);
    }

    private int Told(PreviewOutcome outcome, PreviewTask task, PlannedJob job, Flow flow)
    {
        switch (outcome)
        {
            case PreviewOutcome.Made:
                show.Made(flow.Name, job, task, invocation.Context.ShownPath(task.Output));
                return ExitCodes.Done;
            case PreviewOutcome.NotWritten { Reason: var reason }:
                invocation.Tell(PreviewFailures.NotWritten(invocation.Context.ShownPath(task.Output), reason, File.Exists(task.Output)));
                show.Refused(flow.Name, job, "not written");
                return ExitCodes.StateUnusable;
            case PreviewOutcome.NotRendered { Reason: var reason }:
                invocation.Refuse(CommandLineDiagnostics.PreviewNotRendered(job.Job.Id, reason, renderer.Program));
                show.Refused(flow.Name, job, "failed");
                return ExitCodes.JobFailed;
            default:
                throw new InvalidOperationException($"A preview ended as {outcome.GetType().Name}.");
        }
    }

    private int Refuse(PlannedJob job, Flow flow, Diagnostic problem)
    {
        show.Refused(flow.Name, job, "refused");
        return invocation.Refuse(problem);
    }

    private static IEnumerable<string> Inputs(Flow flow) => flow.Inputs.Select(static input => input.FullPath)
        .Concat(flow.Videos.Values.Select(static video => video.Source).Concat(flow.Audio.Values.Select(static audio => audio.Source)).OfType<MediaSource.LocalFile>().Select(static file => file.FullPath));
}
