using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Checks a flow's jobs and makes their keys.</summary>
internal sealed class JobDrafts(Flow flow, PlanInputs inputs, DiagnosticBag diagnostics)
{
    private readonly FlowChecker checker = new(inputs.Limits, flow.Run, inputs.InlineAudio);
    private readonly PreciousFiles precious = new(flow, inputs.Folders);
    private readonly Dictionary<MediaSource, string> contents = new(ReferenceEqualityComparer.Instance);

    /// <summary>One after the other, as they are asked for: all drafts at once would be a third of what the plan itself takes.</summary>
    public IEnumerable<JobDraft> Make()
    {
        if (!diagnostics.HasErrors)
        {
            var none = new IncomingErrors([], flow);
            return flow.Jobs.Select(job => Draft(job, checker.OfJob(job), none));
        }

        var made = flow.Jobs.Select(job => checker.OfJob(job)).ToList();
        var incoming = new IncomingErrors(NotOurs(made), flow);
        var drafts = new List<JobDraft>(made.Count);
        for (var i = 0; i < made.Count; i++)
        {
            drafts.Add(Draft(flow.Jobs[i], made[i], incoming));
        }

        return drafts;
    }

    // Validating first puts our own findings into the bag already. By place they would block every row of a matrix; we know which row they mean.
    private IEnumerable<Diagnostic> NotOurs(List<CheckedJob> made)
    {
        var ours = made.SelectMany(job => job.Problems).Select(problem => (problem.Code, problem.Message, problem.Place?.Span)).ToHashSet();
        return diagnostics.Where(found => found.Severity == Severity.Error && !ours.Contains((found.Code, found.Message, found.Place?.Span)));
    }

    private JobDraft Draft(Job job, CheckedJob found, IncomingErrors incoming)
    {
        var videoKey = Content(job.Video.Source);
        var (key, passes) = Passes(job, videoKey, found.Values);
        List<Diagnostic> problems = [.. found.Problems, .. incoming.Of(job)];
        if (precious.Harmed(job) is { } harmed)
        {
            problems.Add(harmed);
        }

        var draft = new JobDraft(job, key, videoKey, passes, problems);

        // An unreadable file whose own diagnostic did not reach us: the job still must not be sent.
        return draft is { HasWholeKey: false, HasErrors: false }
            ? draft with { Problems = [.. problems, .. job.Entries.Where((_, i) => found.Values[i].End is null).Select(FlowChecker.EndOfAudioUnknown)] }
            : draft;
    }

    private (JobKey Key, IReadOnlyList<PassDraft> Passes) Passes(Job job, string videoKey, IReadOnlyList<EntryValues> values)
    {
        var entries = JobPasses.Of(job, flow.Run.MultiFace);
        if (entries.Count == 1)
        {
            var key = JobKeys.Of(job, videoKey, values, Content);
            return (key, [new PassDraft(1, job, entries[0], values, key, videoKey)]);
        }

        var passes = new List<PassDraft>(entries.Count);
        var (sentEntries, sentValues) = (job.Entries.ToArray(), values.ToArray());
        foreach (var (number, indices) in entries.Index())
        {
            foreach (var index in number == 0 ? [] : indices)
            {
                sentEntries[index] = JobPasses.AsLater(job.Entries[index]);
                sentValues[index] = EntryValues.KnownNow(sentEntries[index], inputs.Limits);
            }

            var video = number == 0 ? videoKey : passes[^1].ResultKey;
            var pass = job with { Entries = [.. indices.Select(index => sentEntries[index])] };
            EntryValues[] ofPass = [.. indices.Select(index => sentValues[index])];
            passes.Add(new PassDraft(number + 1, pass, indices, ofPass, JobKeys.Of(pass, video, ofPass, Content), video));
        }

        return (JobKeys.Of(job with { Entries = sentEntries }, videoKey, sentValues, Content, isChained: true), passes);
    }

    private string Content(Sound sound) => sound is Sound.Track track ? Content(track.Audio.Source) : ContentIdentity.Of(sound);

    private string Content(MediaSource source)
    {
        if (!contents.TryGetValue(source, out var key))
        {
            contents.Add(source, key = ContentIdentity.Of(source));
        }

        return key;
    }
}
