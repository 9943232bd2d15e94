using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Faces;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Writes one flow's faces lock, and tells what changed in it.</summary>
internal sealed class FlowLock(PlannableFlow flow, ServiceSession session, Invocation invocation)
{
    private LockRevision? revision;
    private KeptLock? kept;

    /// <summary>The lock's path as it is shown to people.</summary>
    public string Shown => flow.Lock?.File ?? invocation.Context.ShownPath(FacesLockFiles.LockOf(flow.Flow.FullPath));

    /// <returns>Why it could not be written, before anything is paid for it.</returns>
    public Failure? Problem() => FacesLockKeeper.Problem(flow.Flow.FullPath, Shown);

    /// <returns>Why it could not be written; null when it was.</returns>
    public async Task<Failure?> WriteAsync(FacesLockKeeper keeper, IReadOnlyList<IdentifiedVideo> videos, CancellationToken cancellationToken)
    {
        List<FoundFaces> found = [.. videos.Where(static video => video.Faces is not null).Select(static video => new FoundFaces(video.Video, video.VideoKey, video.Faces ?? []))];

        // Flows of one file share the lock: what was written for the one before is built on.
        var old = new FacesLockLoader(new DiskFlowFiles()).Load(flow.Flow.FullPath, invocation.Context.WorkingDirectory, new DiagnosticBag()) ?? flow.Lock;
        revision = LockRevision.Of(old, Shown, [.. flow.OfFile.SelectMany(static each => each.Videos.Values)], found, session.IsSimulated);
        kept = await keeper.KeepAsync(flow.Flow.FullPath, old, revision, cancellationToken);
        return kept.Failure;
    }

    /// <summary>Says on standard error what was written, and shows old and new faces where they differ.</summary>
    public void Tell()
    {
        if (revision is null || kept is null)
        {
            return;
        }

        foreach (var (found, change, before) in revision.Changes.Where(static each => each.Change is LockChange.Changed or LockChange.Kept))
        {
            var source = Printable.Line(LockedFaces.SourceOf(found.Video));
            invocation.Terminal.Say(change == LockChange.Changed ? $"{source}: other faces than {Shown} had" : $"{source}: simulated faces differ from those in {Shown}, which the service found and which stay");
            foreach (var line in FaceDifferences.Table(before ?? [], found.Faces).Split('\n'))
            {
                invocation.Terminal.Say($"  {Printable.Line(line)}");
            }
        }

        foreach (var source in revision.Removed)
        {
            invocation.Terminal.Say($"{Printable.Line(source)}: no longer in the flow, taken out of {Shown}");
        }

        invocation.Tell(kept.Warnings);
        if (kept.Failure is null)
        {
            invocation.Terminal.Say(revision.Changes.Count == 0 || revision.Changes.Any(static each => each.Change is LockChange.New or LockChange.Changed) || revision.Removed.Count > 0
                ? $"Wrote {Shown}: look at the faces, then commit it."
                : $"{Shown} agrees with what was found.");
        }
    }
}
