using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>The two models behind the queue. Each rule of Kling's is checked on the media themselves, by the same classes as the tool's own.</summary>
internal sealed class KlingService(MediaFetcher fetcher, AudioIntake audio, FaceFinder finder, FaceImages images, SessionBook sessions, KlingLimits limits, bool onePerson)
{
    private const int ProblemsTold = 5;

    private static readonly Place Payload = new(SourceSpan.StartOf("payload"), "");

    public async Task<KlingAnswer<KlingSession>> IdentifyAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        if (Broken(ApiRules.CheckIdentify(new PayloadSubject(payload, Payload), limits)) is { } shape)
        {
            return KlingAnswer<KlingSession>.Invalid(shape);
        }

        var (url, id) = (Text(payload, "video_url"), Text(payload, "video_id"));

        if (id.Length > 0)
        {
            return KlingAnswer<KlingSession>.Invalid("video_id does not exist: the simulated Kling has made no videos");
        }

        var fetch = await fetcher.FetchAsync(url, cancellationToken);
        if (fetch is not FetchResult.Fetched { Media: var media })
        {
            return KlingAnswer<KlingSession>.Invalid($"video_url: {(fetch as FetchResult.Refused)?.Reason}");
        }

        if (media.Reading is not MediaReading.Read { Facts: var facts })
        {
            return KlingAnswer<KlingSession>.Invalid($"video_url: \"{MediaFetcher.Shown(url)}\" is not a video: {Reason(media)}");
        }

        var subject = new VideoSubject("video_url", facts, facts.Duration, null);
        if (Broken(ApiRules.Check(subject, limits)) is { } problems)
        {
            return KlingAnswer<KlingSession>.Invalid(problems);
        }

        try
        {
            var faces = await finder.FindAsync(media, url, facts.Duration, cancellationToken);
            var pictures = await images.MakeAsync(media, faces, cancellationToken);
            return new KlingAnswer<KlingSession>.Accepted(sessions.Open((sessionId, now) => new(sessionId, media, subject, faces, pictures, now)));
        }
        catch (FormatException e)
        {
            return KlingAnswer<KlingSession>.Invalid($"simulator: {e.Message}");
        }
    }

    public async Task<KlingAnswer<SyncTask>> CheckSyncAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var subject = new PayloadSubject(payload, Payload);
        if (Broken(ApiRules.CheckSync(subject, limits)) is { } shape)
        {
            return KlingAnswer<SyncTask>.Invalid(shape);
        }

        switch (sessions.Find(Text(payload, "session_id")))
        {
            case KlingAnswer<KlingSession>.Refused refused:
                return new KlingAnswer<SyncTask>.Refused(refused.Refusal);
            case KlingAnswer<KlingSession>.Accepted { Value: var session }:
                var problems = new List<string>();
                var (subjects, entries) = (new List<EntrySubject>(), new List<SyncEntry>());
                foreach (var entry in subject.Entries)
                {
                    await ReadEntryAsync(entry, problems, subjects, entries, cancellationToken);
                }

                if (onePerson && subjects.Select(subject => subject.FaceId?.Value).Distinct(StringComparer.Ordinal).Count() > 1)
                {
                    problems.Add("face_choose: currently only one person is supported");
                }

                if (problems.Count == 0 && Broken(ApiRules.Check(new SyncSubject(session.Video, session.Faces, subjects), limits)) is { } broken)
                {
                    problems.Add(broken);
                }

                return problems.Count == 0
                    ? new KlingAnswer<SyncTask>.Accepted(new SyncTask(session, entries))
                    : KlingAnswer<SyncTask>.Invalid(string.Join("; ", problems.Take(ProblemsTold)));
            default:
                throw new InvalidOperationException("A session is found or refused.");
        }
    }

    private async Task ReadEntryAsync(EntryPayload entry, List<string> problems, List<EntrySubject> subjects, List<SyncEntry> entries, CancellationToken cancellationToken)
    {
        if (entry.SoundFile is not { } sound)
        {
            problems.Add($"{entry.Place.Path}: the simulated Kling has made no audio: give sound_file, not audio_id");
            return;
        }

        var intake = await audio.TakeAsync(sound, entry.Place.Member("sound_file"), cancellationToken);
        var broken = intake.Problem ?? Broken(ApiRules.Check(intake.Subject, limits));
        if (broken is not null || intake.Media is not { } media)
        {
            problems.Add(broken ?? $"{entry.Place.Path}.sound_file can't be used");
            return;
        }

        var subject = entry.ToSubject(intake.Subject);
        subjects.Add(subject);
        if (subject is { SoundStart: { } start, SoundEnd: { } end, SoundInsert: { } insert })
        {
            entries.Add(new SyncEntry(media, start.Value, end.Value, insert.Value, subject.SoundVolume?.Value ?? 1, subject.OriginalAudioVolume?.Value ?? 1));
        }
    }

    /// <returns>The broken rules in words, without warnings: Kling gives none.</returns>
    private static string? Broken(IEnumerable<Diagnostic> diagnostics)
    {
        var told = diagnostics
            .Where(d => d.Severity == Severity.Error)
            .Take(ProblemsTold)
            .Select(d => d.Place is { Path.Length: > 0 } place ? $"{place.Path}: {d.Message}" : d.Message)
            .ToList();
        return told.Count == 0 ? null : string.Join("; ", told);
    }

    private static string Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string Reason(InspectedMedia media) => media.Reading is MediaReading.Unreadable unreadable ? unreadable.Reason : "it has no picture";
}
