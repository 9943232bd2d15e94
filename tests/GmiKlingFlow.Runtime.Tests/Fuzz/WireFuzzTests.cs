using System.Net;
using System.Text;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Fuzz;

/// <summary>Whatever a server answers is read as far as it goes, and never shows a key.</summary>
public sealed class WireFuzzTests
{
    private const string Key = "sk-live-0123456789abcdef";

    private static readonly string[] Words =
        ["{", "}", "[", "]", "\"", ":", ",", "null", "\\u0000", "\\ud800", "\"outcome\":", "\"data\":", "\"media_urls\":[", "\"face_data\":[", "\"session_id\":\"", "\"status\":\"success\"", "\"request_id\":", "\"error\":\"", "1e999", "-1", "\ufeff", "<html>", "https://", "Bearer " + Key];

    private static readonly string[] Records =
    [
        """{"request_id":"r-1","model":"kling-lip-sync","status":"success","payload":{"a":1},"outcome":{"media_urls":[{"id":"0","url":"https://a.example.com/x.mp4?sig=1"}],"data":{"final_unit_deduction":"0.05"}},"created_at":1780000000,"updated_at":"2026-09-20T10:00:00Z"}""",
        """{"request_id":"r-2","model":"kling-identify-face","status":"success","outcome":{"data":{"session_id":"s","face_data":[{"face_id":"0","face_image":"https://a.example.com/0.png","start_time":0,"end_time":"5000"}]}}}""",
        """{"requests":[{"request_id":"r-3","status":"failed","outcome":{"error":"API request failed with status 400: {\"error\":{\"message\":\"bad\",\"details\":\"{\\\"code\\\":1201}\"}}"}},{"request_id":"r-4","status":"queued"}]}""",
        """{"error":{"message":"Insufficient credits. Please add more credits to your account.","type":"backend_error"}}""",
        """{"id":"kling-lip-sync","price":{"amount":"0.07","unit":"per request"},"pricing":[{"usd":0.014}]}""",
        "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
        "upstream timeout",
    ];

    [Fact]
    public void Answer_Damaged_IsReadAndKeepsTheKeyToItself()
    {
        var scrubber = new SecretScrubber(Key);
        var records = new RecordReader(scrubber, new StatusWords(NullLogger.Instance));

        FuzzRun.Of("wire", [.. Records.Select(Encoding.UTF8.GetBytes), Encoding.Unicode.GetBytes(Records[0])], Words, input =>
        {
            foreach (var charset in (string?[])[null, "utf-16", "nonsense"])
            {
                var answer = new Exchange.Answer(HttpStatusCode.InternalServerError, null, null, charset, input, null);
                Assert.DoesNotContain(Key, ErrorText.Of(answer, scrubber).Shown, StringComparison.Ordinal);
            }

            if (JsonText.Parse(JsonText.Decode(input, null)) is not { } json)
            {
                return;
            }

            PriceReader.Read("kling-lip-sync", json, scrubber);
            if (records.Read(json, "kling-lip-sync") is { } record)
            {
                OutcomeReader.ResultUrl(record);
                OutcomeReader.Identify(record);
                OutcomeReader.ReportedUnits(record);
                Assert.DoesNotContain(Key, record.Failure?.Message ?? "", StringComparison.Ordinal);
            }
        });
    }
}
