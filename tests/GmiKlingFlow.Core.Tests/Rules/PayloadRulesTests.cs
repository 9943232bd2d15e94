using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

public sealed class PayloadRulesTests
{
    private const string Entry = """{"face_id":"0","sound_file":"https://h.example/a.mp3","sound_start_time":0,"sound_end_time":3000,"sound_insert_time":0}""";

    [Theory]
    [InlineData("""{"video_url":"https://h.example/v.mp4"}""", "")]
    [InlineData("""{"video_url":"https://h.example/v.mp4","video_id":""}""", "")]
    [InlineData("""{"video_id":"123","video_url":null}""", "")]
    [InlineData("{}", "GKF4108 payload")]
    [InlineData("""{"video_url":"","video_id":""}""", "GKF4108 payload")]
    [InlineData("""{"video_url":"https://h.example/v.mp4","video_id":"1"}""", "GKF4108 payload")]
    [InlineData("""{"video_url":7}""", "GKF4141 payload.video_url")]
    [InlineData("[]", "GKF4108 payload")]
    public void CheckIdentify_Payload_HasExactlyOneVideo(string json, string expected) =>
        Assert.Equal(expected, Told(ApiRules.CheckIdentify(Payload(json), KlingLimits.Current)));

    [Theory]
    [InlineData("""{"session_id":"8","face_choose":[ENTRY]}""", "")]
    [InlineData("""{"face_choose":[ENTRY]}""", "GKF4140 payload.session_id")]
    [InlineData("""{"session_id":"","face_choose":[ENTRY]}""", "GKF4140 payload.session_id")]
    [InlineData("""{"session_id":8,"face_choose":[ENTRY]}""", "GKF4141 payload.session_id")]
    [InlineData("""{"session_id":"8"}""", "GKF4140 payload.face_choose")]
    [InlineData("""{"session_id":"8","face_choose":"0"}""", "GKF4141 payload.face_choose")]
    [InlineData("""{"session_id":"8","face_choose":[ENTRY,null]}""", "GKF4140 payload.face_choose[1].face_id, GKF4140 payload.face_choose[1].sound_start_time, GKF4140 payload.face_choose[1].sound_end_time, GKF4140 payload.face_choose[1].sound_insert_time, GKF4142 payload.face_choose[1]")]
    public void CheckSync_Payload_HasItsMembers(string json, string expected) =>
        Assert.Equal(expected, Told(ApiRules.CheckSync(Payload(json.Replace("ENTRY", Entry, StringComparison.Ordinal)), KlingLimits.Current)));

    [Theory]
    [InlineData("\"face_id\":\"0\"", "\"face_id\":0", "GKF4141 face_id")]
    [InlineData("\"face_id\":\"0\"", "\"face_id\":\"\"", "GKF4140 face_id")]
    [InlineData("3000", "\"3000\"", "GKF4141 sound_end_time")]
    [InlineData("3000", "2999.5", "GKF4141 sound_end_time")]
    [InlineData("3000", "1e30", "GKF4141 sound_end_time")]
    [InlineData("3000", "3000,\"sound_volume\":\"1\"", "GKF4141 sound_volume")]
    [InlineData("3000", "3000,\"sound_volume\":null", "")]
    [InlineData("3000", "3000,\"audio_id\":\"a\"", "GKF4142 ")]
    [InlineData("3000", "3000,\"audio_id\":\"\"", "")]
    [InlineData("\"https://h.example/a.mp3\"", "\"\"", "GKF4142 ")]
    [InlineData("\"https://h.example/a.mp3\"", "[]", "GKF4141 sound_file")]
    public void CheckSync_Entry_HasTheApisOwnTypes(string part, string instead, string expected)
    {
        var json = $$"""{"session_id":"8","face_choose":[{{Entry.Replace(part, instead, StringComparison.Ordinal)}}]}""";
        Assert.Equal(
            expected.TrimEnd(),
            Told(ApiRules.CheckSync(Payload(json), KlingLimits.Current)).Replace("payload.face_choose[0].", "", StringComparison.Ordinal).Replace(" payload.face_choose[0]", "", StringComparison.Ordinal));
    }

    private static PayloadSubject Payload(string json) => new(JsonDocument.Parse(json).RootElement, new Place(SourceSpan.StartOf("body"), "payload"));

    private static string Told(IEnumerable<Diagnostic> problems) => string.Join(", ", problems.Select(d => $"{d.Code} {d.Place?.Path}"));
}
