using System.Text;
using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Subtitles;
using GmiKlingFlow.Core.Tests.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Subtitles;

/// <summary>Every code has a page; its wrong example gives the code, and its right example gives no problem.</summary>
public sealed class SubtitleDiagnosticsTests
{
    private const string Job = "jobs:\n  - id: talk\n    video: host\n    segments_from: subs/host.srt\n    audio: hello\n";

    // Shown by commands that change an encoding.
    private static readonly Dictionary<string, byte[]> Encoded = new(StringComparer.Ordinal)
    {
        ["GKF4404"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(SubtitleCase.Cue)],
        ["GKF4405"] = Encoding.Latin1.GetBytes(SubtitleCase.Cue.Replace("Hello", "Grüß Gott", StringComparison.Ordinal)),
    };

    public static TheoryData<string> Codes => [.. ExplanationPages.RunBy(PageRunner.Subtitles, CatalogueAssert.CodesInStage(typeof(SubtitleDiagnostics), '4'))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_Range_IsTheRoomsOwn(string code) => Assert.InRange(int.Parse(code[3..], System.Globalization.CultureInfo.InvariantCulture), 4401, 4429);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Wrong_Code_GivesTheCode(string code)
    {
        var flow = CaseOf(code, "Wrong");
        flow.LoadAll();
        Assert.Contains(code, flow.Diagnostics.Select(d => d.Code));
        Baseline.Match(Encoded.ContainsKey(code) ? flow.Report() : flow.Interleaved("subs/host.srt", "subs/host.vtt"), caseName: code);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Right_Code_GivesNoProblem(string code)
    {
        var flow = CaseOf(code, "Right");
        flow.LoadAll();
        Assert.True(flow.Diagnostics.Count == 0, flow.Report());
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Message_Code_IsShort(string code)
    {
        var flow = CaseOf(code, "Wrong");
        flow.LoadAll();
        Assert.All(flow.Diagnostics.Where(d => d.Code == code), d => Assert.InRange(d.Message.Split(' ').Length, 4, 36));
    }

    private static FlowCase CaseOf(string code, string section)
    {
        var page = File.ReadAllText(RepositoryFolder.Combine("src", "GmiKlingFlow.Core", "Diagnostics", "Explanations", $"{code}.md")).ReplaceLineEndings("\n");
        Assert.StartsWith($"# {code}: ", page, StringComparison.Ordinal);
        var match = Regex.Match(page, $@"^## {section}\n\n```(?<language>\w+)\n(?<text>.*?\n)```", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.True(match.Success, $"{code} has no example under \"{section}\".");
        var (language, text) = (match.Groups["language"].Value, match.Groups["text"].Value);
        var yaml = language == "yaml" ? text : language == "vtt" ? Job.Replace(".srt", ".vtt", StringComparison.Ordinal) : Job;
        var cues = language is "srt" or "vtt" ? text : code == "GKF4414" ? SubtitleCase.Cue.Replace("ANNA", "NARRATOR", StringComparison.Ordinal) : SubtitleCase.Cue;
        var flow = new FlowCase(FlowCase.Completed(yaml))
            .WithFile("/flows/subs/host.srt", cues)
            .WithFile("/flows/subs/host.vtt", cues)
            .WithFile("/flows/subs/srt.vtt", SubtitleCase.Cue)
            .WithFile("/flows/subs/unlabelled.srt", SubtitleCase.Cue.Replace("ANNA: ", "", StringComparison.Ordinal))
            .WithFile("/flows/subs/carla.srt", SubtitleCase.Cue.Replace("ANNA", "Carla", StringComparison.Ordinal))
            .WithFile("/flows/subs/wrong.srt", string.Concat(Enumerable.Range(1, 30).Select(i => $"00:00:0{i % 10}.5 --> 00:00:09.5\nANNA: Hello {i}\n\n")))
            .WithFile("/flows/subs/film.srt", string.Concat(Enumerable.Range(0, 2001).Select(i => SubtitleCase.Cue.Replace("1\n", $"{i + 1}\n", StringComparison.Ordinal) + "\n")))
            .WithBytes("/flows/clips/host.mp4", new byte[SubtitleReader.LargestFile + 1])
            .WithBytes("/flows/other.wav", [3]);
        return section == "Wrong" && Encoded.TryGetValue(code, out var bytes) ? flow.WithBytes("/flows/subs/host.srt", bytes) : flow;
    }
}
