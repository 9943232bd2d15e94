using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.Tests.Execution;
using GmiKlingFlow.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace GmiKlingFlow.Runtime.Tests.Results;

public sealed class ResultsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_EveryKindOfJob_LooksLikeThisAsJson()
    {
        Assert.Null(ResultsWriter.Write(folder.Path, Sample()));

        Baseline.Match(File.ReadAllText(folder.File("results.json")), "json");
    }

    [Fact]
    public void Write_EveryKindOfJob_LooksLikeThisAsYaml()
    {
        Assert.Null(ResultsWriter.Write(folder.Path, Sample()));

        Baseline.Match(File.ReadAllText(folder.File("results.yaml")), "yaml");
    }

    [Fact]
    public void Write_BothFiles_HoldTheSame()
    {
        ResultsWriter.Write(folder.Path, Sample());

        AssertSame(File.ReadAllText(folder.File("results.json")), File.ReadAllText(folder.File("results.yaml")));
    }

    [Fact]
    public void Emit_AnyText_IsReadBackAsItWas() => Check.One(PropertyRun.Config, Prop.ForAll<NonNull<string>>(text =>
    {
        // JSON can't hold half a surrogate pair either.
        var whole = new string([.. text.Get.Where(c => !char.IsSurrogate(c))]);
        foreach (var value in new[] { whole, $"{whole}😀", $" {whole}", $"- {whole}: #", "yes", "1e3", "2026-01-01", "~", "0x1F", "null", "\uFEFF", "a: b" })
        {
            var json = JsonSerializer.Serialize(new Dictionary<string, object> { ["key"] = value, ["list"] = new object[] { value, new[] { value }, new Dictionary<string, string> { [value] = value } } });
            using var document = JsonDocument.Parse(json);
            using var yaml = new StringWriter();
            new YamlEmitter(yaml).Document(document.RootElement);
            AssertSame(json, yaml.ToString());
        }
    }));

    [Fact]
    public void Write_OverOldResults_LeavesNothingElseBehind()
    {
        ResultsWriter.Write(folder.Path, Sample());
        ResultsWriter.Write(folder.Path, Sample());

        Assert.Equal(["results.json", "results.yaml"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Write_NoSuchPlace_IsAFailure()
    {
        folder.Write("out", "a file");

        Assert.Equal("GKF8013", ResultsWriter.Write(folder.File("out/below"), Sample())?.Code);
    }

    [Fact]
    public void Put_ManyJobsInAShortTime_WritesSeldom()
    {
        var book = Book(1000);
        for (var i = 0; i < 1000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            book.Put(i, book[i] with { Status = JobStatus.Reused });
            if (File.Exists(book.JsonFile))
            {
                File.Move(book.JsonFile, folder.File($"seen-{i}"));
            }
        }

        Assert.InRange(Directory.GetFiles(folder.Path, "seen-*").Length, 4, 5);
        Assert.Null(book.Write());
        Assert.Equal(1000, book.Snapshot().Summary.Reused);
    }

    [Fact]
    public void Snapshot_Counts_AddUpToTheTotal()
    {
        var book = Book(14);
        foreach (var (status, i) in Enum.GetValues<JobStatus>().Concat(Enum.GetValues<JobStatus>()).Select((s, i) => (s, i)))
        {
            book.Put(i, book[i] with { Status = status });
        }

        var summary = book.Snapshot().Summary;

        Assert.Equal((14, 2, 2, 2, 2, 2, 2, 2), (summary.Total, summary.Succeeded, summary.Reused, summary.Failed, summary.Stalled, summary.Unknown, summary.Pending, summary.Skipped));
    }

    [Fact]
    public void Snapshot_Sources_AreToldOnceWithTheirFacesOnceKnown()
    {
        var book = Book(3);
        var video = Assert.Single(book.Snapshot().Videos);
        Assert.True(book.WantsFaces(video.Name));

        book.PutFaces(video.Name, [new Face("0", new TimeRange(TimeSpan.Zero, TimeSpan.FromSeconds(2)), "https://storage.example.com/face.png?sig=secret")]);
        var told = book.Snapshot();

        Assert.Equal([new FaceResult("0", 0, 2000)], Assert.Single(told.Videos).Faces);
        Assert.False(book.WantsFaces(video.Name));
        Assert.Equal(told.Audio.Select(track => track.Name), told.Jobs.SelectMany(job => job.Entries).Select(entry => entry.Audio).Distinct());
    }

    [Theory]
    [InlineData("https://user:pw@storage.example.com/a/b.mp4?X-Goog-Signature=secret#part", "https://storage.example.com/a/b.mp4")]
    [InlineData("line of text", "line of text")]
    public void WithoutQuery_HidesWhatSigns(string text, string expected) => Assert.Equal(expected, SentJson.WithoutQuery(text));

    [Fact]
    public void Sent_Faces_ShowNoSignatureAndNoBase64()
    {
        var faces = SentFaces.Sent("""{"session_id":"s","face_choose":[{"face_id":"0","sound_file":"https://a.example.com/x.mp3?sig=secret"},{"face_id":"1","sound_file":"SUQzBAAAAAAA"}]}""");

        Assert.Equal(["""{"face_id":"0","sound_file":"https://a.example.com/x.mp3"}""", """{"face_id":"1"}"""], faces.Select(f => f.GetRawText()));
    }

    [Theory]
    [InlineData("""{"sound_file":"AAECAw=="}""", """{"sound_file":"base64;bytes=4;sha256=054edec1d0211f624fed0cbca9d4f9400b0e491c43742af2c5b0abebf0c990d8"}""")]
    [InlineData("""{"sound_file":"base64;bytes=4;sha256=05"}""", """{"sound_file":"base64;bytes=4;sha256=05"}""")]
    [InlineData("""{"a":["https://u:p@h.example.com/x?s=1",1.50,null,true],"b":{"c":"x?y"}}""", """{"a":["https://h.example.com/x",1.50,null,true],"b":{"c":"x?y"}}""")]
    public void SentPayload_Written_ShowsNoSignatureAndWhichAudio(string sent, string shown)
    {
        var payload = new SentPayload(() => sent);

        Assert.Equal(shown, Written(payload));
    }

    [Fact]
    public void SentPayload_ReadBack_IsWrittenAsItWas()
    {
        ResultsWriter.Write(folder.Path, Sample());
        var text = File.ReadAllText(folder.File("results.json"));

        var read = JsonSerializer.Deserialize(text, ResultsJson.Default.RunResults);

        Assert.NotNull(read);
        Assert.Null(ResultsWriter.Write(folder.Path, read));
        Assert.Equal(text, File.ReadAllText(folder.File("results.json")));
    }

    [Fact]
    public void Read_ResultsOfAReleaseWithoutProvenance_HaveNoInputs()
    {
        var text = File.ReadAllText(RepositoryFolder.Combine("tests", "GmiKlingFlow.Runtime.Tests", "Results", "Fixtures", "results-before-provenance.json"));

        var read = JsonSerializer.Deserialize(text, ResultsJson.Default.RunResults);

        Assert.NotNull(read);
        Assert.Empty(read.Inputs);
        Assert.All(read.Jobs, job => Assert.Empty(job.Inputs));
        Assert.Null(read.Run.RuleProfile);
        Assert.All(read.Jobs.SelectMany(job => job.Steps), step => Assert.Null(step.Payload));
        Assert.Equal(3, read.Summary.Total);
    }

    private static string Written(SentPayload payload)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            payload.WriteTo(json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private ResultsBook Book(int jobs)
    {
        var plan = Planner.Plan(TestFlow.OfMany(jobs), new PlanInputs(), new DiagnosticBag());
        return new ResultsBook(plan, new ResultsRun("run-1", clock.GetUtcNow(), null, "0.1.0", "queue.example.com", false), folder.Path, clock);
    }

    private static RunResults Sample()
    {
        var at = new DateTimeOffset(2026, 11, 22, 11, 30, 0, 250, TimeSpan.Zero);
        var labels = new OrderedDictionary<string, string> { ["zone"] = "no", ["locale"] = "Français: \"fr\" 😀" };
        var faces = SentFaces.Sent("""{"face_choose":[{"face_id":"0","sound_file":"https://a.example.com/x.mp3","sound_start_time":0,"sound_volume":1.5}]}""");
        var steps = new[]
        {
            new StepResult("kling-identify-face", "r-1", "reused", 1, at, at.AddSeconds(2), null, 0, StepCost.None),
            new StepResult("kling-lip-sync", "5b1e0f0a", "succeeded", 2, at, at.AddSeconds(40), 1500, 7, new StepCost(0.07m, "estimated"))
            {
                Payload = new SentPayload(() => """{"session_id":"s","face_choose":[{"face_id":"0","sound_file":"https://a.example.com/x.mp3?sig=secret","sound_start_time":0,"sound_volume":1.50}]}"""),
                PayloadSha256 = new string('1', 64),
            },
        };
        var key = new string('0', 64);
        return new RunResults(
            new ResultsFlow("launch", "../flow.yaml", key),
            new ResultsRun("20261122T113000Z-0a1b2c3d", at, at.AddMinutes(1), "0.1.0", "queue.example.com", false) { RuleProfile = "kling-2026-11" },
            [
                new JobResult("a", key, labels, JobStatus.Succeeded, "host", faces, steps, new OutputResult("a.mp4", key, 60641, 6970, "https://storage.example.com/out.mp4"), null)
                {
                    Inputs = ["../host.mp4", "https://a.example.com/x.mp3"],
                    Entries = [new EntryResult("anna", "hello.fr")],
                    StartedAt = at,
                    FinishedAt = at.AddSeconds(41),
                },
                new JobResult("b", key, new Dictionary<string, string>(), JobStatus.Failed, "host", faces, [], null, new JobError("GKF7011", "It failed:\nline two", true, null)),
                new JobResult("c", key, new Dictionary<string, string>(), JobStatus.Skipped, "host", [], [], null, null),
            ],
            new ResultsSummary(3, 1, 0, 1, 0, 0, 0, 1, 0.07m, "built-in list of 2026-09-20 (Kling)", 60000))
        {
            Videos = [new VideoResult("host", "../host.mp4", 6000, [new FaceResult("0", 0, 5960)])],
            Audio = [new AudioResult("hello.fr", "https://a.example.com/x.mp3", null)],
            Inputs =
            [
                new ResultsInput(FlowInputKind.Flow, "../flow.yaml", null, key, 812),
                new ResultsInput(FlowInputKind.Video, "../host.mp4", null, key, 60000),
                new ResultsInput(FlowInputKind.Audio, null, "https://a.example.com/x.mp3", null, null),
            ],
        };
    }

    private static void AssertSame(string json, string yaml)
    {
        using var document = JsonDocument.Parse(json);
        var stream = new YamlStream();
        using var reader = new StringReader(yaml);
        stream.Load(reader);
        AssertSame(document.RootElement, stream.Documents[0].RootNode);
    }

    private static void AssertSame(JsonElement json, YamlNode yaml)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var map = Assert.IsType<YamlMappingNode>(yaml);
                Assert.Equal(json.EnumerateObject().Select(m => m.Name), map.Children.Select(m => ((YamlScalarNode)m.Key).Value));
                foreach (var (member, node) in json.EnumerateObject().Zip(map.Children.Values))
                {
                    AssertSame(member.Value, node);
                }

                break;
            case JsonValueKind.Array:
                var list = Assert.IsType<YamlSequenceNode>(yaml);
                Assert.Equal(json.GetArrayLength(), list.Children.Count);
                foreach (var (item, node) in json.EnumerateArray().Zip(list.Children))
                {
                    AssertSame(item, node);
                }

                break;
            default:
                var scalar = Assert.IsType<YamlScalarNode>(yaml);
                Assert.Equal(json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText(), scalar.Value);
                break;
        }
    }
}
