using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Subtitles;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Tests.Manifests;
using GmiKlingFlow.Core.Tests.Media;
using GmiKlingFlow.Core.Tests.Templating;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Fuzz;

/// <summary>Whatever comes in ends in a value or a diagnostic.</summary>
[Collection(MediaSetCollection.Name)]
public sealed class FuzzTests(MediaSet set)
{
    private static readonly string[] Boxes =
        ["ftyp", "moov", "trak", "mdia", "minf", "stbl", "stsd", "stts", "stsz", "elst", "mvhd", "tkhd", "mdhd", "moof", "traf", "trun", "tfhd", "mvex", "trex", "mdat", "free", "uuid", "RIFF", "WAVE", "fmt ", "data", "fact", "ds64", "LIST", "ID3", "Xing", "Info", "VBRI", "APETAGEX", "TAG"];

    private static readonly string[] Yaml =
        ["- ", ": ", "? ", "&a ", "*a", "<<: *a\n", "{", "}", "[", "]", "|\n", ">-\n", "\"", "'", "#", "---\n", "...\n", "!!str ", "\t", "\n  ", "\r", "\0", "\u2028", "{{ ", " }}", "{{ matrix.x }}", "jobs:\n", "faces:\n", "matrix: { a: [1, 2] }\n", "include: [flow.yaml]\n", "00:00:01.5", "1e999", ".inf", "~", "💥"];

    private static readonly string[] Expressions =
        ["{{", "}}", "(", ")", "[", "]", ".", "?.", "??", "|", "..", "..<", "'", "\"", "`", "vars", "face.start_time", "array.map", "string.pad_left 99999999", " * 99999999", "1..99999", "- ", "!", "not ", "0x", "1e308", "9223372036854775807", "date.parse ", "#", "{%{", "\\u00"];

    private static readonly string[] Cues =
        ["00:00:01,000 --> 00:00:02,000\n", "-->", "WEBVTT\n\n", "NOTE\n", "STYLE\n", "<v Anna>", "</v>", "ANNA: ", "99:99:99,999", "\r", "\r\n\r\n", "\u2028", "&amp;", "\0", "1\n", "-1", "{\\an8}"];

    [Fact]
    public void Media_Damaged_IsReadOrRefused()
    {
        var seeds = MediaCases.All.Select(c => File.ReadAllBytes(set.PathOf(c.Name))).Where(bytes => bytes.Length < 200_000).ToList();

        FuzzRun.Of("media", seeds, Boxes, static input =>
        {
            Assert.NotNull(MediaReader.Read(new MemoryStream(input)));
            Mp4Structure.Problem(new MemoryStream(input));
        });
    }

    [Fact]
    public void Flow_Damaged_IsReadOrRefused()
    {
        var seeds = Directory.GetFiles(RepositoryFolder.Combine("examples"), "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllBytes)
            .Append(Encoding.UTF8.GetBytes(FlowCase.Head + FlowCase.Sources + FlowCase.Job)).ToList();

        FuzzRun.Of("flow", seeds, Yaml, static input =>
        {
            var flow = new FlowCase("").WithBytes("/flows/flow.yaml", input);
            foreach (var loaded in flow.LoadAll())
            {
                FlowChecks.Check(loaded, KlingLimits.Current, flow.Diagnostics);
            }

            Assert.All(flow.Diagnostics.Sorted(), static d => Assert.NotEmpty(d.Message));
        });
    }

    [Fact]
    public void Template_Damaged_IsEvaluatedOrRefused()
    {
        string[] seeds =
        [
            "{{ face.start_time + ms(vars.lead_in) }}", "a-{{ matrix.locale | string.upcase }}.mp4", "{{ vars.people | array.map 'name' | array.join ', ' }}",
            "{{ (vars.count * 3 // 2 ?? 1) > 2 ? vars.deep.er['x'] : -vars.list[-1] }}", "{{ [1, 2.5, {a: 'b'}] | array.reverse }}", "{{- date.parse '2026-01-31' | date.to_string '%F' ~}} {%{ {{ }%}",
            "{{ 1..<20 | array.limit 3 }}{{ string.slice 'hello' 1 length: 3 }}", "{{ vars.x?.y ?? object.keys vars.deep | array.size }}",
        ];

        FuzzRun.Of("template", [.. seeds.Select(Encoding.UTF8.GetBytes)], Expressions, static input =>
        {
            var run = new TemplateCase();
            if (run.Run(Encoding.UTF8.GetString(input)) is null or TemplateResult.Value)
            {
                Assert.All(run.Diagnostics, static d => Assert.NotEmpty(d.Message));
            }
        });
    }

    [Fact]
    public void Subtitles_Damaged_AreReadOrRefused()
    {
        var folder = RepositoryFolder.Combine("examples", "subtitles", "subtitles");
        var seeds = Directory.GetFiles(folder).Select(File.ReadAllBytes).ToList();

        FuzzRun.Of("subtitles", seeds, Cues, static input =>
        {
            foreach (var name in (string[])["a.srt", "a.vtt"])
            {
                var problems = new DiagnosticBag();
                Assert.True(SubtitleReader.Read(name, "jobs[0].segments_from", input, problems) is not null || problems.HasErrors);
            }
        });
    }
}
