using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Results;

public sealed class ResultsReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_WrittenResults_ReadsThemBackByteForByte()
    {
        var written = Bytes(GivenJobs.Results(GivenJobs.Some(40)));
        using var file = Opened(written);

        Assert.Equal(written, Bytes(file.Results));
        // Once more, and out of order: the jobs are where they were.
        Assert.Equal(written, Bytes(file.Results));
        Assert.Equal(["job-39", "job-0", "job-20"], new[] { 39, 0, 20 }.Select(index => file.Results.Jobs[index].Id));
    }

    [Fact]
    public void Of_MembersInAnotherOrder_ReadsTheSame()
    {
        var written = Bytes(GivenJobs.Results(GivenJobs.Some(3)));
        var members = JsonNode.Parse(written)?.AsObject().Reverse().Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()));
        using var file = Opened(Encoding.UTF8.GetBytes($"\uFEFF{new JsonObject(members ?? []).ToJsonString()}"));

        Assert.Equal(written, Bytes(file.Results));
    }

    [Fact]
    public void Of_JobsTwice_TakesTheLast()
    {
        var written = Encoding.UTF8.GetString(Bytes(GivenJobs.Results(GivenJobs.Some(2))));
        var marks = new JobMarks();
        using var file = Opened(Encoding.UTF8.GetBytes(written.Replace("\"jobs\":", "\"jobs\": [{\"id\": \"other\", \"status\": \"failed\"}],\n \"jobs\":", StringComparison.Ordinal)), marks);

        Assert.Equal(["job-0", "job-1"], file.Results.Jobs.Select(job => job.Id));
        Assert.Equal(JobMark.Of(GivenJobs.Job(1)), marks[1]);
    }

    [Theory]
    [InlineData("\"attempts\": 1", "\"attempts\": \"once\"")]
    [InlineData("\"simulated\": true", "\"simulated\": 1")]
    [InlineData("\"total\": 3", "\"total\": []")]
    [InlineData("\"jobs\": [", "\"jobs\": [5,")]
    [InlineData("\"succeeded\",\n      \"video\"", "\"excellent\",\n      \"video\"")]
    [InlineData("\"summary\":", "\"summary\"")]
    [InlineData("\"jobs\": [", "\"jobs\": {\"a\": 1}, \"x\": [")]
    public void Of_OneMistake_IsToldWhereReadingItWholeFindsIt(string right, string wrong)
    {
        var written = Encoding.UTF8.GetString(Bytes(GivenJobs.Results(GivenJobs.Some(3))));
        var at = written.LastIndexOf(right, StringComparison.Ordinal);
        var text = string.Concat(written.AsSpan(0, at), wrong, written.AsSpan(at + right.Length));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var whole = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(stream, ResultsJson.Default.RunResults));

        Assert.Equal($"it is not a results manifest (line {whole.LineNumber + 1}, column {whole.BytePositionInLine + 1})", Unusable(text));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("null", "it is JSON, but not of a run's results")]
    [InlineData("{}", "it is JSON, but not of a run's results")]
    [InlineData("{\"jobs\":[]}", "it is JSON, but not of a run's results")]
    public void Of_NoResults_IsSaid(string text, string reason) => Assert.Equal(reason, Unusable(text));

    [Theory]
    [InlineData("\"kind\": \"Results\"", "\"kind\": \"Plan\"")]
    [InlineData("\"id\": \"job-2\"", "\"id\": null")]
    [InlineData("\"jobs\": [", "\"jobs\": [null,")]
    [InlineData("\"jobs\": [", "\"Jobs\": [")]
    [InlineData("\"summary\":", "\"jobs\": null, \"summary\":")]
    public void Of_ResultsThatLackWhatTheyMustHave_IsSaid(string right, string wrong)
    {
        var written = Encoding.UTF8.GetString(Bytes(GivenJobs.Results(GivenJobs.Some(3))));

        Assert.Contains(right, written, StringComparison.Ordinal);
        Assert.Equal("it is JSON, but not of a run's results", Unusable(written.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_FileCutOffAnywhere_IsRefused()
    {
        var written = Bytes(GivenJobs.Results(GivenJobs.Some(2)));

        Assert.All(Enumerable.Range(0, written.Length / 97).Select(i => written.AsMemory(0, i * 97)), cut => Assert.IsType<ResultsReading.Unusable>(Of(cut.ToArray())));
    }

    [Fact]
    public void Of_TextThatIsNotUtf8_IsRefused()
    {
        var written = Bytes(GivenJobs.Results(GivenJobs.Some(2)));
        written[written.AsSpan().IndexOf("job-1"u8)] = 0xFF;

        Assert.IsType<ResultsReading.Unusable>(Of(written));
    }

    [Fact]
    public void Jobs_OfFileThatWasCutMeanwhile_AreALostFile()
    {
        using var file = Opened(Bytes(GivenJobs.Results(GivenJobs.Some(400))));
        File.WriteAllText(folder.File(ResultsWriter.JsonName), "{}");

        Assert.Contains("changed while it was read", Assert.Throws<IOException>(() => file.Results.Jobs.Count(static job => job.Id is null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetAside_ReadsNoFurtherThanTheFirstJobThatRan()
    {
        var written = Encoding.UTF8.GetString(Bytes(GivenJobs.Results(GivenJobs.Some(2)))).Replace("\"simulated\": true", "\"simulated\": false", StringComparison.Ordinal);
        File.WriteAllText(folder.File(ResultsWriter.JsonName), written[..(written.IndexOf("job-1", StringComparison.Ordinal) + 10)]);

        Assert.Equal("results.run.json", Path.GetFileName(ResultsWriter.SetAside(folder.Path, static _ => true)));
    }

    [Theory]
    [InlineData("""{"jobs":[{"status":"skipped"},{"status":"failed"}],"run":{"id":"a","simulated":false}}""", true)]
    [InlineData("""{"run":{"id":"a"},"jobs":[{"status":"skipped"},null,{}]}""", false)]
    [InlineData("""{"run":{"id":"a","simulated":true},"jobs":[{"status":"failed"}]}""", false)]
    [InlineData("""{"run":{"id":"a"}}""", false)]
    [InlineData("""{"jobs":[{"status":"failed"}]}""", false)]
    public void SetAside_OthersOrder_IsUnderstood(string text, bool isReal)
    {
        File.WriteAllText(folder.File(ResultsWriter.JsonName), text);

        Assert.Equal(isReal, EarlierResults.Read(folder.File(ResultsWriter.JsonName)).IsReal);
    }

    private static byte[] Bytes(RunResults results)
    {
        using var stream = new MemoryStream();
        ResultsWriter.Write(stream, results, asYaml: false);
        return stream.ToArray();
    }

    private ResultsFile Opened(byte[] content, JobMarks? marks = null) => Of(content, marks) is ResultsReading.Read { File: var file } ? file : throw new InvalidOperationException("It could not be read.");

    private string Unusable(string text) => Assert.IsType<ResultsReading.Unusable>(Of(Encoding.UTF8.GetBytes(text))).Reason;

    private ResultsReading Of(byte[] content, JobMarks? marks = null)
    {
        File.WriteAllBytes(folder.File(ResultsWriter.JsonName), content);
        return ResultsReader.Of(folder.File(ResultsWriter.JsonName), marks);
    }
}
