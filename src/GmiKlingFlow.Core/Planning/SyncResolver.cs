using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Decides what identify had to be asked for: faces, what depends on them, and whether the service would take the result.</summary>
public static class SyncResolver
{
    /// <summary>The job's sync payload with everything filled in but session and uploads, checked by every rule.</summary>
    /// <exception cref="ArgumentException">The job has no sync step: it is skipped or blocked.</exception>
    public static SyncResolution Resolve(PlannedJob job, IReadOnlyList<Face> faces, KlingLimits limits)
    {
        var step = job.Steps.LastOrDefault(step => step.Model == ModelNames.LipSync)
            ?? throw new ArgumentException($"Job \"{job.Job.Id}\" has no sync step.", nameof(job));
        return Resolve(job.Job, step.Payload, faces, limits);
    }

    internal static SyncResolution Resolve(Job job, PayloadValue.Object payload, IReadOnlyList<Face> faces, KlingLimits limits)
    {
        var problems = new DiagnosticBag();
        var chosen = new List<Face>(job.Entries.Count);
        var subjects = new List<EntrySubject>(job.Entries.Count);
        foreach (var entry in job.Entries)
        {
            var values = EntryValues.KnownNow(entry, limits);
            switch (FaceChooser.Choose(entry.Face, faces, values.ClipOnVideo))
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
            return new SyncResolution.Refused(problems.Sorted());
        }

        problems.AddRange(ApiRules.Check(new SyncSubject(RuleSubjects.Of(job.Video), faces, subjects) { SeveralPeopleAreMeant = true }, limits));
        var filled = new FacePayload(job, chosen, problems).Fill(payload);
        return problems.HasErrors
            ? new SyncResolution.Refused(problems.Sorted())
            : new SyncResolution.Resolved(filled, chosen, problems.Sorted());
    }
}
