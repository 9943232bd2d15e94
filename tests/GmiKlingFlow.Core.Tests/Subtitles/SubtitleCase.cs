using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Subtitles;
using GmiKlingFlow.Core.Tests.Manifests;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Subtitles;

/// <summary>Subtitles, read alone or by a flow in which anna and ben talk for a minute.</summary>
internal static class SubtitleCase
{
    public const string Cue = "1\n00:00:00,200 --> 00:00:02,900\nANNA: Hello, and welcome.\n";

    private const string Sources = """
        apiVersion: gmiklingflow/v1
        kind: Flow
        name: talk
        defaults: { original_audio_volume: 0, sound_insert_time: 9s }
        videos:
          talk: { source: "https://e.com/talk.mp4", duration: 60s, faces: { anna: { id: "0" }, ben: { id: "1" } } }
          solo: { source: "https://e.com/solo.mp4", duration: 60s, faces: { anna: { id: "0" } } }
          brief: { source: "https://e.com/brief.mp4", duration: 5s, faces: { anna: { id: "0" } } }
          crowd: { source: "https://e.com/crowd.mp4", duration: 60s }
        audio:
          all: { source: "https://e.com/all.mp3", duration: 60s }
          anna: { source: "https://e.com/anna.mp3", duration: 60s }
          ben: { source: "https://e.com/ben.mp3", duration: 60s }
          line-1: { source: "https://e.com/1.mp3", duration: 2.5s }
          line-2: { source: "https://e.com/2.mp3", duration: 3s }

        """;

    public static (SubtitleFile? File, DiagnosticBag Problems) Read(string text, string name = "x.srt") => Read(Encoding.UTF8.GetBytes(text), name);

    public static (SubtitleFile? File, DiagnosticBag Problems) Read(ReadOnlySpan<byte> bytes, string name = "x.srt")
    {
        var problems = new DiagnosticBag();
        return (SubtitleReader.Read(name, "jobs[0].segments_from", bytes, problems), problems);
    }

    /// <summary>Cues as <c>start-end words</c> in milliseconds.</summary>
    public static string Srt(params IEnumerable<string> cues) => string.Concat(cues.Select((cue, i) =>
    {
        var (times, words) = (cue.Split(' ', 2)[0].Split('-'), cue.Split(' ', 2)[1]);
        return $"{i + 1}\n{Time(times[0])} --> {Time(times[1])}\n{words.Replace('|', '\n')}\n\n";
    }));

    /// <param name="job">The job's keys besides id and segments_from.</param>
    public static FlowCase Flow(string srt, string job = "video: talk, audio: all") =>
        new FlowCase($"{Sources}jobs: [{{ id: j, {job}, segments_from: s.srt }}]\n").WithFile("/flows/s.srt", srt);

    /// <returns>The entries as <c>face 0-2500@1000 cues</c>: clip, place in the video, cues.</returns>
    public static IReadOnlyList<string> Entries(FlowCase flow)
    {
        var job = Assert.Single(flow.LoadAll()).Jobs.SingleOrDefault();
        Assert.True(job is not null, flow.Report());
        return [.. job.Entries.Select(e => $"{e.Face.Name} {Ms(e.SoundStart)}-{Ms(e.SoundEnd)}@{Ms(e.SoundInsert)} {string.Join("+", e.Cues)}")];
    }

    private static string Ms(Setting<TimeSpan>? time) => time switch
    {
        Setting<TimeSpan>.Known known => known.Value.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        Setting<TimeSpan>.Deferred => "later",
        _ => "end",
    };

    private static string Time(string milliseconds) => TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)).ToString(@"hh\:mm\:ss\,fff", CultureInfo.InvariantCulture);
}
