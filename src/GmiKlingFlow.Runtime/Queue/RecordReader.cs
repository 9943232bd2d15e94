using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Reads a request as the queue shows it (api-contract 2.3 to 2.8), tolerant in all but its id.</summary>
internal sealed class RecordReader(SecretScrubber scrubber, StatusWords words)
{
    /// <param name="model">Used when the record names none.</param>
    /// <returns>Null when this is no record with a usable <c>request_id</c>.</returns>
    public RequestRecord? Read(JsonElement json, string model)
    {
        json = JsonText.Unwrapped(json);
        if (JsonText.Text(JsonText.Member(json, "request_id"))?.Trim() is not { } id || !IsUsableId(id))
        {
            return null;
        }

        var outcome = JsonText.Member(json, "outcome");
        var word = scrubber.Clean(JsonText.Text(JsonText.Member(json, "status")), 40);
        var status = words.Read(word, outcome);
        return new RequestRecord(
            id,
            JsonText.Text(JsonText.Member(json, "model")) is { Length: > 0 } named ? scrubber.Clean(named, 100) : model,
            status,
            word,
            JsonText.Member(json, "payload"),
            outcome,
            Moment(json, "created_at"),
            Moment(json, "updated_at"),
            Moment(json, "queued_at"),
            WhyNot(json, outcome, status));
    }

    /// <summary>An id goes into a path and into the state: printable, bounded, and no way out of the path.</summary>
    internal static bool IsUsableId(string id) =>
        id.Length is > 0 and <= 200 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':') && id.Any(char.IsAsciiLetterOrDigit);

    private Failure? WhyNot(JsonElement json, JsonElement? outcome, RequestStatus status)
    {
        if (status is not (RequestStatus.Failed or RequestStatus.Cancelled))
        {
            return null;
        }

        var said = ErrorText.OfFailedRecord(json, outcome, scrubber);
        return status == RequestStatus.Cancelled ? ServiceFailures.RequestCancelled(said.Shown)
            : said.SaysContent ? ServiceFailures.ContentRefused(said.Shown)
            : said.SaysThrottled ? ServiceFailures.RequestThrottled(said.Shown)
            : said.SaysSession ? ServiceFailures.SessionRefused(said.Shown)
            : said.Kling?.Trouble == KlingTrouble.Parameters ? ServiceFailures.ParametersRefused(said.Shown)
            : ServiceFailures.RequestFailed(said.Shown, said.Kling?.Trouble == KlingTrouble.Service || said.UpstreamStatus >= 500);
    }

    // Seconds (api-contract 2.3); what is too large for seconds is Kling's milliseconds (api-contract 7, 20).
    private static DateTimeOffset? Moment(JsonElement json, string name)
    {
        var member = JsonText.Member(json, name);
        if (JsonText.Number(member) is { } number)
        {
            var seconds = number > 100_000_000_000m ? number / 1000 : number;
            return seconds is > 0 and < 100_000_000_000m ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;
        }

        return JsonText.Text(member) is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;
    }
}
