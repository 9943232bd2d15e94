using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>Decides what identify had to be asked for: faces, what depends on them, and whether the service would take the result.</summary>
public static class SyncResolver
{
    /// <summary>The sync payload of a job's only pass with everything filled in but session and uploads, checked by every rule.</summary>
    /// <param name="faces">Those of the session that the request will name.</param>
    /// <exception cref="ArgumentException">The job has no sync step: it is skipped or blocked.</exception>
    public static SyncResolution Resolve(PlannedJob job, IReadOnlyList<Face> faces, KlingLimits limits) => job.Passes is [var pass]
        ? Resolve(pass, job.LockedFaces ?? faces, faces, limits)
        : throw new ArgumentException($"Job \"{job.Job.Id}\" has not one sync step.", nameof(job));

    /// <summary>A pass with the faces of the flow's video. A later pass keeps its <c>face_id</c>s unknown, and is checked as if it found the same faces.</summary>
    /// <param name="named">The faces that selectors and expressions mean: the lock's where there is one. What was planned from it is sent as planned.</param>
    /// <param name="source">The faces that the service has found in the flow's video.</param>
    public static SyncResolution Resolve(PlannedPass pass, IReadOnlyList<Face> named, IReadOnlyList<Face> source, KlingLimits limits) =>
        Resolve(pass, pass.Job, named, source, isResult: false, limits);

    /// <summary>A later pass with everything filled in but session and uploads, checked by every rule.</summary>
    /// <param name="named">The faces of the flow's video, which its selectors and expressions mean.</param>
    /// <param name="found">The faces that the service has found in the result that the pass works on.</param>
    /// <param name="result">That result as a video.</param>
    public static SyncResolution Resolve(PlannedPass pass, IReadOnlyList<Face> named, IReadOnlyList<Face> found, Video result, KlingLimits limits) =>
        Resolve(pass, pass.Job with { Video = result }, named, found, isResult: true, limits);

    /// <summary>The face of each entry, every rule checked; null, with errors, where one can't be told.</summary>
    /// <param name="found">The faces that the service will check against.</param>
    /// <param name="isResult">True: they are those of a pass's result, where the named ones have to be found again.</param>
    internal static (IReadOnlyList<Face> Named, IReadOnlyList<Face> Sent)? Choose(
        Job job, IReadOnlyList<Face> named, IReadOnlyList<Face> found, bool isResult, KlingLimits limits, DiagnosticBag problems)
    {
        var (chosen, sent) = (new List<Face>(job.Entries.Count), new List<Face>(job.Entries.Count));
        var subjects = new List<EntrySubject>(job.Entries.Count);
        foreach (var entry in job.Entries)
        {
            var values = EntryValues.KnownNow(entry, limits);
            if (Told(FaceChooser.Choose(entry.Face, named, values.ClipOnVideo), problems) is { } face
                && (isResult ? Told(FaceMatcher.Match(entry.Face, face, named, found), problems) : face) is { } own)
            {
                chosen.Add(face);
                sent.Add(own);
                var known = values.With(entry, face, problems);
                subjects.Add(RuleSubjects.Of(entry, known, RuleSubjects.Of(entry.Sound, inlineAudio: false), own.Id));
            }
        }

        if (problems.HasErrors)
        {
            return null;
        }

        var sync = new SyncSubject(RuleSubjects.Of(job.Video), found, subjects) { SeveralPeopleAreMeant = true };
        problems.AddRange(CuePlaces.Related(job, new FitReport(job, sync.Video, found, limits).Told(ApiRules.Check(sync, limits), subjects)));
        return (chosen, sent);
    }

    private static SyncResolution Resolve(PlannedPass pass, Job job, IReadOnlyList<Face> named, IReadOnlyList<Face> found, bool isResult, KlingLimits limits)
    {
        var problems = new DiagnosticBag();
        if (Choose(job, named, found, isResult, limits, problems) is not var (chosen, sent))
        {
            return new SyncResolution.Refused(problems.Sorted());
        }

        var filled = new FacePayload(job, chosen, pass.IsLater && !isResult ? null : sent, problems).Fill(pass.Sync.Payload);
        return problems.HasErrors
            ? new SyncResolution.Refused(problems.Sorted())
            : new SyncResolution.Resolved(filled, sent, problems.Sorted());
    }

    private static Face? Told(FaceChoice choice, DiagnosticBag problems)
    {
        if (choice is FaceChoice.Refused refused)
        {
            problems.Add(refused.Problem);
        }

        return (choice as FaceChoice.Chosen)?.Face;
    }
}
