using System.Globalization;
using System.Text.Json.Nodes;

namespace GmiKlingFlow.Report.Tests;

/// <summary>Results of many jobs in every state, sixteen at a time, the same each time.</summary>
internal static class GivenResults
{
    public const string Hostile = "</script><img src=x onerror=alert(1)> \"'😀";

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 11, 30, 0, TimeSpan.Zero);
    private static readonly string[] Locales = ["de", "en", "fr", "es", "it", "pt", "ja", "ko", "pl", "nl"];

    public static string Of(int jobs)
    {
        var lanes = new double[16];
        var list = new JsonArray([.. Enumerable.Range(0, jobs).Select(i => Job(i, lanes))]);
        var end = lanes.Max();
        return new JsonObject
        {
            ["apiVersion"] = "gmiklingflow/v1",
            ["kind"] = "Results",
            ["flow"] = new JsonObject { ["name"] = "launch-trailer", ["file"] = "flow.yaml", ["sha256"] = new string('0', 64) },
            ["run"] = new JsonObject { ["id"] = "20261122T113000Z-0a1b2c3d", ["started_at"] = At(0), ["finished_at"] = At(end), ["tool_version"] = "0.1.0", ["host"] = "queue.example.com", ["simulated"] = false },
            ["jobs"] = list,
            ["summary"] = new JsonObject { ["total"] = jobs, ["cost_usd"] = 0.14 * jobs, ["price_source"] = "built-in list of 2026-09-20 (Kling)", ["wall_ms"] = (long)(end * 1000) },
            ["inputs"] = new JsonArray(),
            ["videos"] = new JsonArray([.. Enumerable.Range(0, (jobs + 9) / 10).Select(Video)]),
            ["audio"] = new JsonArray(),
        }.ToJsonString();
    }

    private static JsonObject Video(int number) => new()
    {
        ["name"] = Scene(number),
        ["input"] = $"../clips/{Scene(number)}.mp4",
        ["duration_ms"] = 12000,
        ["faces"] = new JsonArray(
            new JsonObject { ["face_id"] = "0", ["start_time"] = 0, ["end_time"] = 11960 }, new JsonObject { ["face_id"] = "1", ["start_time"] = 3000, ["end_time"] = 9000 }),
    };

    private static JsonObject Job(int number, double[] lanes)
    {
        var status = (number % 50) switch { 7 => "failed", 17 => "reused", 27 => number % 100 == 27 ? "stalled" : "unknown", 37 => "skipped", _ => "succeeded" };
        var id = number == 3 ? Hostile : $"{Scene(number / 10)}-{Locales[number % 10]}";
        var isWork = status is not ("reused" or "skipped");
        var lane = Array.IndexOf(lanes, lanes.Min());
        var begin = lanes[lane];
        var (queued, worked) = (5 + (number * 7 % 23), 60 + (number * 13 % 97));
        lanes[lane] += isWork ? queued + worked + 4 : 0;
        return new JsonObject
        {
            ["id"] = id,
            ["key"] = new string('0', 64),
            ["labels"] = new JsonObject { ["locale"] = Locales[number % 10] },
            ["status"] = status,
            ["video"] = Scene(number / 10),
            ["faces"] = new JsonArray(Entry("0", 700, 4500), Entry("1", 5600, 3200)),
            ["entries"] = new JsonArray(new JsonObject { ["face"] = "anna", ["audio"] = "hello" }, new JsonObject { ["face"] = "ben", ["audio"] = "reply" }),
            ["steps"] = isWork ? new JsonArray(Step(number, status, begin, queued, worked)) : [],
            ["output"] = status is "succeeded" or "reused" ? new JsonObject { ["file"] = $"{number}.mp4", ["sha256"] = new string('0', 64), ["bytes"] = 9_000_000, ["duration_ms"] = 12000 } : null,
            ["started_at"] = isWork ? At(begin) : null,
            ["finished_at"] = isWork ? At(begin + queued + worked + 3) : null,
            ["error"] = Error(status),
        };
    }

    private static JsonObject Entry(string face, int insert, int end) => new()
    {
        ["face_id"] = face,
        ["sound_start_time"] = 0,
        ["sound_end_time"] = end,
        ["sound_insert_time"] = insert,
        ["sound_volume"] = 1.5,
        ["original_audio_volume"] = 0,
    };

    private static JsonObject Step(int number, string status, double begin, int queued, int worked) => new()
    {
        ["model"] = "kling-lip-sync",
        ["request_id"] = $"request-{number}",
        ["status"] = status,
        ["attempts"] = 1 + (number % 2),
        ["submitted_at"] = At(begin + 1),
        ["finished_at"] = status is "stalled" or "unknown" ? null : At(begin + 1 + queued + worked),
        ["queued_ms"] = queued * 1000,
        ["polls"] = 12,
        ["cost"] = new JsonObject { ["usd"] = 0.14, ["source"] = "estimated" },
    };

    private static JsonObject? Error(string status) => status switch
    {
        "failed" => Error("GKF7021", $"The service refused the request: {Hostile}", "Let the clip begin later; \"gkflow identify\" shows who is seen when.", retryable: false),
        "stalled" => Error("GKF7070", "The service still says \"processing\" after 30m.", "Run again later: it is paid, and never sent again by itself.", retryable: true),
        "unknown" => Error("GKF7060", "Nobody knows whether the service took this request.", "Run again: it is looked up first.", retryable: true),
        _ => null,
    };

    private static JsonObject Error(string code, string message, string hint, bool retryable) => new() { ["code"] = code, ["message"] = message, ["hint"] = hint, ["retryable"] = retryable };

    private static string Scene(int number) => string.Create(CultureInfo.InvariantCulture, $"scene-{number:000}");

    private static string At(double seconds) => Start.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
