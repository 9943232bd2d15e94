using System.Text;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Payloads;

public sealed class RequestCheckTests
{
    private const string Good =
        """{"session_id":"8","face_choose":[{"face_id":"3","sound_file":"https://up.example/a.wav","sound_start_time":0,"sound_end_time":2950,"sound_insert_time":1000,"sound_volume":1}]}""";

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Face> Faces = [GivenFlow.Found("3", 1000, 6960)];

    [Theory]
    [InlineData("2950", "2950", "")]
    [InlineData("2950", "3001", "GKF4124")]
    [InlineData("2950", "1999", "GKF4126")]
    [InlineData("2950", "\"2950\"", "GKF4141")]
    [InlineData("1000", "-1", "GKF4127")]
    [InlineData("1000", "4051", "GKF4128")]
    [InlineData("_volume\":1", "_volume\":2.5", "GKF4132")]
    [InlineData("\"3\"", "\"4\"", "GKF4122")]
    [InlineData("\"8\"", "null", "GKF4140")]
    [InlineData("https://up.example/a.wav", "data:audio/wav;base64,AAAA", "GKF4116")]
    [InlineData("https://up.example/a.wav", "AAA", "GKF4117")]
    public void Sync_ExactBytes_AreHeldAgainstEveryRule(string part, string instead, string expected) =>
        Assert.Equal(expected, Sync(GivenFlow.Job("a"), Good.Replace(part, instead, StringComparison.Ordinal)));

    [Fact]
    public void Sync_OverlapWithTheFaceThatIdentifyReturned_IsChecked() =>
        Assert.Equal("GKF4130", Sync(GivenFlow.Job("a"), Good, [GivenFlow.Found("3", 2000, 3999)]));

    [Fact]
    public void Sync_SessionOfYesterday_IsRefused() => Assert.Equal("GKF4134", Sync(GivenFlow.Job("a"), Good, age: TimeSpan.FromHours(25)));

    [Fact]
    public void Sync_Warnings_WereToldBefore() => Assert.Equal("", Sync(GivenFlow.Job("a"), Good.Replace("2950", "2999", StringComparison.Ordinal)));

    [Theory]
    [InlineData(1, "")]
    [InlineData(0, "GKF4110")]
    public void Sync_SignedUrl_MustStillOpen(int secondsLeft, string expected)
    {
        var url = $"https://h.example/a.wav?Expires={Noon.AddSeconds(secondsLeft).ToUnixTimeSeconds()}";
        var job = GivenFlow.Job("a", null, GivenFlow.Entry(audio: GivenFlow.RemoteAudio(url)));

        Assert.Equal(expected, Sync(job, Good.Replace("https://up.example/a.wav", url, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"video_url":"https://up.example/v.mp4"}""", 7, "")]
    [InlineData("""{"video_url":""}""", 7, "GKF4108")]
    [InlineData("""{"video_url":"https://up.example/v.mp4"}""", 61, "GKF4105")]
    public void Identify_ExactBytes_AreHeldAgainstEveryRule(string payload, double seconds, string expected) =>
        Assert.Equal(expected, Codes(Check(GivenFlow.Job("a", GivenFlow.Video(seconds: seconds))).Identify(Body(payload))));

    [Fact]
    public void Sync_InlineFileAtTheLimit_IsNotMistakenForALargerOne()
    {
        var audio = GivenFlow.Audio(container: MediaContainer.M4a);
        var file = (MediaSource.LocalFile)audio.Source;
        var job = GivenFlow.Job("a", null, GivenFlow.Entry(audio: audio with { Source = file with { Bytes = 5_000_000, Media = file.Media is { } media ? media with { Bytes = 5_000_000 } : null } }));

        Assert.Equal("", Sync(job, Good.Replace("https://up.example/a.wav", Convert.ToBase64String(new byte[5_000_000]), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("AAAA", 3)]
    [InlineData("AAA=", 2)]
    [InlineData("AA==", 1)]
    public void Base64Size_Text_IsWhatItStandsFor(string text, long bytes) => Assert.Equal(bytes, Base64Size.Of(text));

    private static string Sync(Job job, string payload, IReadOnlyList<Face>? faces = null, TimeSpan age = default) =>
        Codes(Check(job).Sync(Body(payload), faces ?? Faces, age));

    private static RequestCheck Check(Job job) => new(job.Video, job.Entries, job.Place, KlingLimits.Current, Noon);

    private static ReadOnlyMemory<byte> Body(string payload) => Encoding.UTF8.GetBytes($$"""{"model":"m","payload":{{payload}}}""");

    private static string Codes(IReadOnlyList<Core.Diagnostics.Diagnostic> refusals) => string.Join(' ', refusals.Select(d => d.Code));
}
