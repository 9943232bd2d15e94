using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Comparing;

public sealed class PlanBaseReaderTests : IDisposable
{
    private const string Results = "\"kind\":\"Results\",\"apiVersion\":\"gmiklingflow/v1\",\"flow\":{\"name\":\"launch\"}";

    private const string Jobs = """
        "jobs":[
          {"id":"a","key":"1","status":"succeeded","video":"host","labels":{"n":"1"},"faces":[{"face_id":"0","sound_volume":0.5,"audio_id":null}],"steps":[{"model":"kling-lip-sync","payload":{"face_choose":[{"face_id":"9"}]}}]},
          {"status":"skipped"},
          {"id":"b","key":"2","status":"failed"}
        ]
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData($"{{{Results},{Jobs}}}")]
    [InlineData($"{{{Jobs},{Results}}}")]
    [InlineData($"{{\"kind\":\"Plan\",{Jobs},{Results}}}")]
    [InlineData($"{{\"jobs\":[{{}}],{Results},{Jobs}}}")]
    public void Read_MembersInAnyOrder_IsTheSameBase(string text)
    {
        var (before, problem) = Read(text);

        Assert.Null(problem);
        Assert.Equal((PlanBaseKind.Results, "launch"), (before?.Kind, before?.FlowName));
        Assert.Equal(["a 1 host", "b 2 "], before?.Jobs.Select(job => $"{job.Id} {job.Key} {job.Video}"));
        Assert.Equal(["face_id=0", "sound_volume=0.5"], before?.Jobs[0].Entries?.Single().Select(member => $"{member.Key}={member.Value}"));
        Assert.Null(before?.Jobs[1].Entries);
    }

    [Theory]
    [InlineData("[]", "it is neither a plan nor results")]
    [InlineData($"{{{Results}}}", "it has no list of jobs")]
    [InlineData($"{{{Results},\"jobs\":{{}}}}", "it has no list of jobs")]
    [InlineData($"{{{Results},\"jobs\":[1]}}", "one of its jobs has no id or no key")]
    [InlineData($"{{{Results},\"jobs\":[1]", "it is not JSON (line 1)")]
    [InlineData($"{{{Results},\"jobs\":[1],\"apiVersion\":\"v9\"}}", "it is of another version")]
    [InlineData($"{{{Results},\"jobs\":[{{\"id\":\"\\ud800\",\"key\":\"1\"}}]}}", "it holds half of a character")]
    [InlineData("", "it is not JSON (line 1)")]
    public void Read_NoBase_SaysWhy(string text, string problem) => Assert.Equal((null, problem), Read(text));

    [Fact]
    public void Read_MoreThanAnyPlan_IsNotRead()
    {
        using (var file = File.Create(folder.File("huge.json")))
        {
            file.SetLength((1L << 30) + 1);
        }

        Assert.Equal((null, "it is larger than 1 GB"), PlanBaseReader.Read(folder.File("huge.json"), "huge.json"));
    }

    private (PlanBase? Base, string? Problem) Read(string text) => PlanBaseReader.Read(folder.Write("base.json", text), "base.json");
}
