using System.Text.Json;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Reads the jobs of one manifest or plan.</summary>
/// <param name="folder">Absolute: outputs are named from there.</param>
/// <param name="videos">Index of each video by its name.</param>
/// <param name="audio">Each track by its name.</param>
internal sealed class JobReading(MediaLinks links, string folder, IReadOnlyDictionary<string, int> videos, IReadOnlyDictionary<string, JsonElement> audio)
{
    public ReportJob Read(JsonElement job, int run)
    {
        var video = job.Text("video") ?? "";
        var steps = job.List("steps").Select(StepReading.Read).ToList();
        var entries = Entries(job);
        return new ReportJob(run, job.Text("id") ?? "(no id)", job.Text("status") ?? job.Text("action") ?? "unknown", videos.TryGetValue(video, out var index) ? index : null, video)
        {
            Labels = job.Texts("labels"),
            Key = job.Text("key"),
            Reason = job.Text("reason"),
            StartedAt = job.Time("started_at"),
            FinishedAt = job.Time("finished_at"),
            Entries = entries.Count > 0 ? entries : null,
            Steps = steps.Count > 0 ? steps : null,
            Output = Output(job),
            Error = job.Member("error") is { ValueKind: JsonValueKind.Object } error
                ? new ReportError(error.Text("code"), error.Text("message") ?? "", error.Text("hint"), error.Flag("retryable"))
                : null,
        };
    }

    private List<ReportEntry> Entries(JsonElement job)
    {
        var names = job.List("entries").ToList();
        var sent = job.Member("faces") is { ValueKind: JsonValueKind.Array } faces
            ? faces.EnumerateArray().Select(face => (face, EmptyUnknown)).ToList()
            : PlannedEntries.Of(job);
        return [.. sent.Select((entry, i) => Entry(entry.Item1, entry.Item2, i < names.Count ? names[i] : default))];
    }

    private ReportEntry Entry(JsonElement sent, IReadOnlyList<string> unknown, JsonElement names)
    {
        var track = names.Text("audio");
        return new ReportEntry
        {
            FaceId = sent.Text("face_id"),
            Face = names.Text("face"),
            Audio = track ?? FileName(sent.Text("sound_file")) ?? sent.Text("audio_id"),
            AudioMs = track is null ? null : audio.GetValueOrDefault(track).Whole("duration_ms"),
            Start = sent.Number("sound_start_time"),
            End = sent.Number("sound_end_time"),
            Insert = sent.Number("sound_insert_time"),
            Volume = sent.Number("sound_volume"),
            OriginalVolume = sent.Number("original_audio_volume"),
            Unknown = unknown.Count > 0 ? unknown : null,
        };
    }

    private ReportOutput? Output(JsonElement job) => job.Member("output") switch
    {
        { ValueKind: JsonValueKind.Object } output => new ReportOutput(links.To(folder, output.Text("file")), output.Whole("bytes"), output.Whole("duration_ms"), output.Text("sha256")),
        _ => null,
    };

    private static IReadOnlyList<string> EmptyUnknown => [];

    private static string? FileName(string? url) => url?[(url.TrimEnd('/').LastIndexOf('/') + 1)..] is { Length: > 0 and <= 200 } name ? name : null;
}
