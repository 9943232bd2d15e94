using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Planning.Payloads;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Makes the passes of a job with their steps: what is on record is not sent again, and what nobody waits for is not sent at all.</summary>
internal sealed class PassPlanning(PlanInputs inputs)
{
    private readonly LockedFaces locked = new(inputs.Lock);
    private readonly SyncPayloads payloads = new(inputs.Known, inputs.InlineAudio);
    private readonly Dictionary<string, VideoWork> videos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> firstJobOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedStep> paidByOthers = new(StringComparer.Ordinal);
    private readonly UnknownPointers unknowns = new();

    /// <summary>What is known of a job's passes before it is decided whether they are sent.</summary>
    public PassOutlook Look(JobDraft draft)
    {
        List<PlannedPass> passes = [.. draft.Passes.Select(pass => Undecided(pass, draft.Job.Video))];
        var (reviewed, found) = (Locked(draft.VideoKey), passes[0].Session?.Faces);
        var problems = new DiagnosticBag();
        problems.AddRange(draft.Problems);
        if (found is not null && locked.Difference(draft.Job.Video, draft.VideoKey, found) is { } difference)
        {
            problems.Add(difference);
        }
        else if (locked.Problem(draft.Job.Video, draft.VideoKey) is { } notLocked)
        {
            problems.Add(notLocked);
        }
        else if (reviewed is null && found is null)
        {
            return new PassOutlook(passes, draft.Problems);
        }

        if (!problems.HasErrors && (reviewed ?? found) is { } named)
        {
            for (var i = 0; i < passes.Count; i++)
            {
                passes[i] = WithFaces(passes[i], named, found ?? named, draft.Job.Video, problems);
            }

            problems.AddRange(SameFaces(passes));
        }

        return new PassOutlook(passes, [.. problems]);
    }

    /// <returns>The reviewed faces of a video; null where it is not locked.</returns>
    public IReadOnlyList<Face>? Locked(string videoKey) => locked.Find(videoKey) is { } video ? [.. video.Faces.Select(static face => face.Face)] : null;

    /// <summary>Decides each step from the last one back: a step is sent where what follows needs it and its own work is not on record.</summary>
    public IReadOnlyList<PlannedPass> Decide(JobDraft draft, IReadOnlyList<PlannedPass> passes, bool sends)
    {
        var decided = passes.ToArray();
        var isNeeded = sends;
        for (var i = decided.Length - 1; i >= 0; i--)
        {
            var (pass, work) = (decided[i], Work(draft.Passes[i], draft.Job.Video));
            var sendsSync = isNeeded && (i == decided.Length - 1 || !IsOnRecord(inputs.Known.Request(pass.Sync.ContentKey)));
            isNeeded = sendsSync && work.Session is null && work.Request is not { State: KnownRequestState.Running or KnownRequestState.Unknown };
            decided[i] = pass with
            {
                Identify = Decided(pass.Identify, isNeeded, draft.Job.Id),
                Sync = Decided(pass.Sync, sendsSync, draft.Job.Id),
            };
        }

        return decided;
    }

    /// <returns>The job that sends a request first; null when it is this one.</returns>
    public string? SharedWith(string contentKey, string job) => firstJobOf.TryGetValue(contentKey, out var first) && first != job ? first : null;

    public bool IsIdentifyUnknown(JobDraft draft, int pass) =>
        Work(draft.Passes[pass], draft.Job.Video) is { Session: null, Request.State: KnownRequestState.Unknown };

    public static bool IsOnRecord(KnownRequest? request) => request is { State: KnownRequestState.Running or KnownRequestState.Unknown or KnownRequestState.Succeeded };

    private PlannedStep Decided(PlannedStep step, bool isSent, string job)
    {
        var pays = isSent && (firstJobOf.TryAdd(step.ContentKey, job) || firstJobOf[step.ContentKey] == job);
        var usd = pays ? step.PriceUsd : 0;
        if (!isSent && step is { Action: StepAction.Reuse, EstimatedUsd: 0 })
        {
            return step;
        }

        // The identify that another job pays for is the same step in each job of its video: held once.
        var isOfOther = isSent && !pays && step.Model == ModelNames.IdentifyFace;
        if (isOfOther && paidByOthers.TryGetValue(step.ContentKey, out var known))
        {
            return known;
        }

        var decided = step with { Action = isSent ? StepAction.Create : StepAction.Reuse, EstimatedUsd = usd };
        if (isOfOther)
        {
            paidByOthers.Add(step.ContentKey, decided);
        }

        return decided;
    }

    private PlannedPass Undecided(PassDraft pass, Video video)
    {
        var work = Work(pass, video);
        var payload = payloads.Sync(pass.Job, pass.Values, pass.Number > 1);
        var sync = new PlannedStep(ModelNames.LipSync, StepAction.Reuse, payload, unknowns.Of(payload), 0, pass.SyncKey) { PriceUsd = Estimates.SyncUsd(pass, inputs) };
        return new PlannedPass(pass.Number, pass.Job, pass.Entries, pass.Key.Value, pass.VideoKey, work.Identify, sync) { Session = work.Session };
    }

    private PlannedPass WithFaces(PlannedPass pass, IReadOnlyList<Face> named, IReadOnlyList<Face> source, Video video, DiagnosticBag problems)
    {
        var resolution = pass is { IsLater: true, Session: { } own }
            ? SyncResolver.Resolve(pass, named, own.Faces, video, inputs.Limits)
            : SyncResolver.Resolve(pass, named, source, inputs.Limits);
        switch (resolution)
        {
            case SyncResolution.Resolved resolved:
                problems.AddRange(resolved.Warnings);
                var payload = pass.Session is { } session ? WithSession(resolved.Payload, session) : resolved.Payload;
                return pass with { Faces = resolved.Faces, Sync = pass.Sync with { Payload = payload, Unknown = unknowns.Of(payload) } };
            case SyncResolution.Refused refused:
                problems.AddRange(refused.Problems);
                return pass;
            case var other:
                throw new InvalidOperationException($"An unknown resolution ({other.GetType().Name}).");
        }
    }

    private static PayloadValue.Object WithSession(PayloadValue.Object payload, KnownSession session) => new(
    [
        .. payload.Members.Select(member => member.Value is PayloadValue.SessionId ? new(member.Key, new PayloadValue.Text(session.SessionId)) : member),
    ]);

    /// <summary>Different selectors may mean one face; that shows only now, and costs no more than a pass.</summary>
    private static IEnumerable<Diagnostic> SameFaces(IReadOnlyList<PlannedPass> passes)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pass in passes)
        {
            if (pass is { Session: not null, IsLater: true } || pass.Faces is not [{ Id: var id }, ..])
            {
                continue;
            }

            var face = pass.Job.Entries[0].Face;
            if (!names.TryAdd(id, face.Name))
            {
                yield return PlanDiagnostics.SameFaceTwice(face.Place, face.Name, names[id], id);
            }
        }
    }

    private VideoWork Work(PassDraft pass, Video video)
    {
        if (!videos.TryGetValue(pass.VideoKey, out var work))
        {
            var contentKey = JobKeys.Request(ModelNames.IdentifyFace, pass.VideoKey);
            var payload = pass.Number == 1 ? payloads.Identify(video) : SyncPayloads.Identify(pass.Number - 1);
            var identify = new PlannedStep(ModelNames.IdentifyFace, StepAction.Reuse, payload, unknowns.Of(payload), 0, contentKey) { PriceUsd = inputs.Prices.IdentifyUsd };
            work = new(identify, inputs.Known.Session(pass.VideoKey), inputs.Known.Request(contentKey));
            videos.Add(pass.VideoKey, work);
        }

        return work;
    }

    private sealed record VideoWork(PlannedStep Identify, KnownSession? Session, KnownRequest? Request);
}

/// <summary>A job's passes as far as they can be told, none of their steps decided.</summary>
/// <param name="Problems">All that is known against the job.</param>
internal sealed record PassOutlook(IReadOnlyList<PlannedPass> Passes, IReadOnlyList<Diagnostic> Problems);
