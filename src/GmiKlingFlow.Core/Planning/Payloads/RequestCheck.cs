using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>The last look before a POST (product 3.3): every rule once more, on the exact bytes that will be sent.</summary>
/// <param name="entries">Of the request, in its order.</param>
/// <param name="place">What the request is made from.</param>
/// <param name="now">A signed URL may have ended while the request waited for its turn.</param>
public sealed class RequestCheck(Video video, IReadOnlyList<FaceEntry> entries, Place place, KlingLimits limits, DateTimeOffset now)
{
    /// <param name="body">As <see cref="PayloadWriter.RequestBody"/> made it.</param>
    /// <returns>What the service would refuse; empty when the bytes may be sent. Warnings were told before.</returns>
    public IReadOnlyList<Diagnostic> Identify(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var problems = new DiagnosticBag();
        problems.AddRange(ApiRules.CheckIdentify(Payload(document), limits));
        problems.AddRange(ApiRules.Check(RuleSubjects.Of(video), limits));
        AddUrl(RuleSubjects.UrlOf(video, now), problems);
        return Errors(problems);
    }

    /// <param name="body">As <see cref="PayloadWriter.RequestBody"/> made it.</param>
    /// <param name="faces">What identify returned for the session that is used.</param>
    /// <returns>What the service would refuse; empty when the bytes may be sent. Warnings were told before.</returns>
    public IReadOnlyList<Diagnostic> Sync(ReadOnlyMemory<byte> body, IReadOnlyList<Face> faces, TimeSpan sessionAge)
    {
        using var document = JsonDocument.Parse(body);
        var payload = Payload(document);
        var problems = new DiagnosticBag();
        problems.AddRange(ApiRules.CheckSync(payload, limits));
        if (problems.HasErrors)
        {
            return Errors(problems);
        }

        var subjects = payload.Entries.Select((entry, i) => Subject(entry, i, problems)).ToList();
        problems.AddRange(ApiRules.Check(
            new SyncSubject(RuleSubjects.Of(video), faces, subjects) { SessionAge = sessionAge, SeveralPeopleAreMeant = true },
            limits));
        return Errors(problems);
    }

    private EntrySubject Subject(EntryPayload entry, int index, DiagnosticBag problems)
    {
        var sound = entries[index].Sound;
        var audio = RuleSubjects.Of(sound, inlineAudio: false);
        if (sound.Value is Sound.Track track)
        {
            AddUrl(RuleSubjects.UrlOf(track.Audio, now), problems);
        }

        // What stands in the bytes is Base64 unless it is a URL: local audio may be inside too.
        if (entry.SoundFile is { } file && !file.Contains("://", StringComparison.Ordinal))
        {
            audio = audio with { Base64 = file, Bytes = Base64Size.Of(file), IsInline = true };
        }

        problems.AddRange(ApiRules.Check(audio, limits));
        return entry.ToSubject(audio);
    }

    private void AddUrl(UrlSubject? url, DiagnosticBag problems)
    {
        if (url is not null)
        {
            problems.AddRange(ApiRules.Check(url, limits));
        }
    }

    private PayloadSubject Payload(JsonDocument document) => new(document.RootElement.GetProperty("payload"), place);

    private static IReadOnlyList<Diagnostic> Errors(DiagnosticBag problems) =>
        problems.HasErrors ? [.. problems.Sorted().Where(static problem => problem.Severity == Severity.Error)] : [];
}
