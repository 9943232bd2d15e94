using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Reads results out of finished requests: only the named fields under <c>outcome</c> (api-contract 2.6, 8 trap 15).</summary>
public static class OutcomeReader
{
    private static readonly string[] DataFields = ["media_urls", "video_url", "url", "outputs", "output", "works"];

    /// <returns>The result's http or https address, in the order of api-contract 2.6; null when there is none.</returns>
    public static Uri? ResultUrl(RequestRecord record) => ResultUrl(record.Outcome);

    /// <returns>Session and faces of an identify request (api-contract 2.4); null when there is no session id.</returns>
    public static IdentifyResult? Identify(RequestRecord record)
    {
        var outcome = Unwrapped(record.Outcome);
        var data = JsonText.Member(outcome, "data") ?? outcome;
        var sessionId = JsonText.Text(JsonText.Member(data, "session_id"))?.Trim();
        if (sessionId is not { Length: > 0 and <= 200 } || sessionId.Any(char.IsControl))
        {
            return null;
        }

        var entries = JsonText.Member(data, "face_data") is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().ToList() : [];
        var faces = entries.Select(e => ReadFace(JsonText.Unwrapped(e))).OfType<Face>().ToList();
        return new IdentifyResult(sessionId, faces, entries.Count - faces.Count, ReportedUnits(record));
    }

    /// <returns><c>final_unit_deduction</c> as sent, in Kling's units (api-contract 7, 21); null when not sent.</returns>
    public static string? ReportedUnits(RequestRecord record)
    {
        var outcome = Unwrapped(record.Outcome);
        var units = JsonText.Member(JsonText.Member(outcome, "data"), "final_unit_deduction") ?? JsonText.Member(outcome, "final_unit_deduction");
        return JsonText.Number(units) is null ? null : JsonText.Text(units)?.Trim();
    }

    internal static bool HasResult(JsonElement? outcome) =>
        ResultUrl(outcome) is not null || JsonText.Text(JsonText.Member(JsonText.Member(Unwrapped(outcome), "data"), "session_id")) is not null;

    private static Uri? ResultUrl(JsonElement? raw)
    {
        var outcome = Unwrapped(raw);
        var data = JsonText.Member(outcome, "data");
        return Address(JsonText.Member(outcome, "media_urls"))
            ?? Address(JsonText.Member(outcome, "video_url"))
            ?? Address(JsonText.Member(JsonText.Member(data, "task_result"), "videos"))
            ?? DataFields.Select(field => Address(JsonText.Member(data, field))).FirstOrDefault(url => url is not null);
    }

    // A field holds an address, an object with one, or a list whose first element is such.
    private static Uri? Address(JsonElement? field, int depth = 0) => field switch
    {
        { ValueKind: JsonValueKind.String } text => WebAddress.Parse(text.GetString()),
        { ValueKind: JsonValueKind.Array } list when depth == 0 && list.GetArrayLength() > 0 => Address(JsonText.Unwrapped(list[0]), 1),
        { ValueKind: JsonValueKind.Object } entry when depth < 2 => Address(JsonText.Member(entry, "url"), 2) ?? Address(JsonText.Member(entry, "video_url"), 2),
        _ => null,
    };

    private static Face? ReadFace(JsonElement entry)
    {
        var id = JsonText.Text(JsonText.Member(entry, "face_id"))?.Trim();
        if (id is not { Length: > 0 and <= 200 } || id.Any(char.IsControl)
            || Milliseconds(entry, "start_time") is not { } start || Milliseconds(entry, "end_time") is not { } end || end < start)
        {
            return null;
        }

        return new Face(id, new TimeRange(start, end), WebAddress.Parse(JsonText.Text(JsonText.Member(entry, "face_image")))?.OriginalString);
    }

    // A day is far above any video that the service takes (60 s, api-contract 4.1).
    private static TimeSpan? Milliseconds(JsonElement entry, string name) =>
        JsonText.Number(JsonText.Member(entry, name)) is { } ms and >= 0 and <= 86_400_000 ? TimeSpan.FromMilliseconds((double)ms) : null;

    private static JsonElement? Unwrapped(JsonElement? element) => element is { } e ? JsonText.Unwrapped(e) : null;
}
