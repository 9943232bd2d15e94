using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Decides what identify had to be asked for: faces, what depends on them, and whether the service would take the result.</summary>
public static class SyncResolver
{
    /// <summary>The job's sync payload with everything filled in but session and uploads, checked by every rule.</summary>
    /// <param name="faces">Those of the session that the request will name.</param>
    /// <exception cref="ArgumentException">The job has no sync step: it is skipped or blocked.</exception>
    public static SyncResolution Resolve(PlannedJob job, IReadOnlyList<Face> faces, KlingLimits limits)
    {
        var step = job.Steps.LastOrDefault(step => step.Model == ModelNames.LipSync)
            ?? throw new ArgumentException($"Job \"{job.Job.Id}\" has no sync step.", nameof(job));

        // What was planned from the lock is sent as planned; whether the service takes it depends on what it found.
        return Resolve(job.Job, step.Payload, job.LockedFaces ?? faces, faces, limits);
    }

    /// <param name="chooseFrom">The faces that selectors and expressions mean.</param>
    /// <param name="faces">The faces that the service will check against; the same where there is no lock.</param>
    internal static SyncResolution Resolve(Job job, PayloadValue.Object payload, IReadOnlyList<Face> chooseFrom, IReadOnlyList<Face> faces, KlingLimits limits)
    {
        var problems = new DiagnosticBag();
        if (Choose(job, chooseFrom, faces, limits, problems) is not { } chosen)
        {
            return new SyncResolution.Refused(problems.Sorted());
        }

        var filled = new FacePayload(job, chosen, problems).Fill(payload);
        return problems.HasErrors
            ? new SyncResolution.Refused(problems.Sorted())
            : new SyncResolution.Resolved(filled, chosen, problems.Sorted());
    }

    /// <summary>The face of each entry, every rule checked; null, with errors, where one can't be told.</summary>
    internal static IReadOnlyList<Face>? Choose(Job job, IReadOnlyList<Face> chooseFrom, IReadOnlyList<Face> faces, KlingLimits limits, DiagnosticBag problems)
    {
        var chosen = new List<Face>(job.Entries.Count);
        var subjects = new List<EntrySubject>(job.Entries.Count);
        foreach (var entry in job.Entries)
        {
            var values = EntryValues.KnownNow(entry, limits);
            switch (FaceChooser.Choose(entry.Face, chooseFrom, values.ClipOnVideo))
            {
                case FaceChoice.Refused refused:
                    problems.Add(refused.Problem);
                    break;
                case FaceChoice.Chosen { Face: var face }:
                    chosen.Add(face);
                    var known = values.With(entry, face, problems);
                    subjects.Add(RuleSubjects.Of(entry, known, RuleSubjects.Of(entry.Sound, inlineAudio: false), face.Id));
                    break;
            }
        }

        if (problems.HasErrors)
        {
            return null;
        }

        var sync = new SyncSubject(RuleSubjects.Of(job.Video), faces, subjects) { SeveralPeopleAreMeant = true };
        problems.AddRange(CuePlaces.Related(job, ApiRules.Check(sync, limits)));
        return chosen;
    }
}
