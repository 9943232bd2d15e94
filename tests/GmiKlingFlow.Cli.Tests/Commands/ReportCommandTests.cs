using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>What goes into the page. How it looks and works in a browser is tested in GmiKlingFlow.Report.Tests.</summary>
public sealed partial class ReportCommandTests : IDisposable
{
    private const string Head = """{"apiVersion":"gmiklingflow/v1","kind":"Results",""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Report_OfOneFile_LiesBesideItUnderItsName()
    {
        folder.Write("out/results.json", Results(Job("a")));

        var result = await RunAsync("report", "out/results.json");

        Assert.Equal((0, "out/results.html\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal("a", Data("out/results.html")["jobs"]?[0]?["id"]?.GetValue<string>());
    }

    [Fact]
    public async Task Report_OfAFolder_IsOfItsResults()
    {
        folder.Write("out/results.json", Results(Job("a")));

        var result = await RunAsync("report", "out");

        Assert.Equal((0, "out/results.html\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Report_OfSeveralFiles_IsOnePageWithAllRuns()
    {
        folder.Write("one/results.json", Results(Job("a")));
        folder.Write("two/results.json", Results(Job("b"), Job("c")));
        folder.Write("plan.json", """{"apiVersion":"gmiklingflow/v1","kind":"Plan","flow":{"name":"later"},"jobs":[{"id":"d","action":"create"}]}""");

        var result = await RunAsync("report", "one/results.json", "two/results.json", "plan.json");

        Assert.Equal("one/report.html\n", result.Output);
        var data = Data("one/report.html");
        Assert.Equal(["results", "results", "plan"], data["runs"]?.AsArray().Select(run => run?["kind"]?.GetValue<string>()) ?? []);
        Assert.Equal([("a", 0), ("b", 1), ("c", 1), ("d", 2)], data["jobs"]?.AsArray().Select(job => (job?["id"]?.GetValue<string>(), job?["run"]?.GetValue<int>() ?? -1)) ?? []);
    }

    [Fact]
    public async Task Report_SameResults_GivesTheSameBytes()
    {
        folder.Write("results.json", Results(Job("a")));

        await RunAsync("report", "results.json");
        var first = await File.ReadAllBytesAsync(folder.File("results.html"));
        await RunAsync("report", "results.json");

        Assert.Equal(first, await File.ReadAllBytesAsync(folder.File("results.html")));
    }

    [Fact]
    public async Task Run_WithReport_WritesThePageOfThatRun()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await RunAsync("run", flow, "--simulate", "--report", "pages/run.html");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("Report: pages/run.html\n", result.Error, StringComparison.Ordinal);
        var data = Data("pages/run.html");
        Assert.Equal("succeeded", data["jobs"]?[0]?["status"]?.GetValue<string>());
        Assert.Equal("../quickstart/clips/host.mp4", data["videos"]?[0]?["file"]?["href"]?.GetValue<string>());
        Assert.Equal("anna", data["jobs"]?[0]?["entries"]?[0]?["face"]?.GetValue<string>());
        Assert.Equal("0", data["videos"]?[0]?["faces"]?[0]?["id"]?.GetValue<string>());
    }

    [Fact]
    public async Task Run_WithReportOverAnotherFile_SendsNothing()
    {
        var flow = ExampleFlow.CopyTo(folder, "quickstart");

        var result = await RunAsync("run", flow, "--simulate", "--report", flow);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("GKF9063", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("quickstart/out")));
    }

    [Fact]
    public async Task Report_OfAPlan_FindsVideosFacesAndPicturesFromAnywhere()
    {
        var flow = ExampleFlow.CopyTo(folder, "two-speakers");
        await RunAsync("plan", flow, "-o", "plans/plan.json");

        await new CliRunner(folder.File("plans")).RunAsync("report", "plan.json");

        var data = Data("plans/plan.html");
        Assert.Equal(("../two-speakers/clips/interview.mp4", 11000), (data["videos"]?[0]?["file"]?["href"]?.GetValue<string>(), data["videos"]?[0]?["durationMs"]?.GetValue<int>()));
        Assert.StartsWith("data:image/png;base64,", data["videos"]?[0]?["faces"]?[1]?["picture"]?.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("mia", data["jobs"]?[0]?["entries"]?[0]?["face"]?.GetValue<string>());
    }

    [Theory]
    [InlineData(null, "GKF9060")]
    [InlineData("", "GKF9060")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":"Results","jobs":[{"id":"a" """, "GKF9060")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":"Results"}""", "GKF9060")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":"Plan","jobs":{}}""", "GKF9060")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":"Results","jobs":[null]}""", "GKF9060")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":"Plan","jobs":[{"id":"a"},{}]}""", "GKF9060")]
    [InlineData("kind: Flow\nname: x\n", "GKF9061")]
    [InlineData("{}", "GKF9061")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":"Flow"}""", "GKF9061")]
    [InlineData("""{"apiVersion":"gmiklingflow/v1","kind":["Results"]}""", "GKF9061")]
    [InlineData("""{"apiVersion":"gmiklingflow/v2","kind":"Results"}""", "GKF9062")]
    public async Task Report_OfSomethingElse_SaysSoAndWritesNothing(string? content, string code)
    {
        if (content is not null)
        {
            folder.Write("results.json", content);
        }

        var result = await RunAsync("report", "results.json");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("results.html")));
    }

    [Fact]
    public async Task Report_OfResultsYaml_NamesItsTwin()
    {
        folder.Write("results.json", Results());
        folder.Write("results.yaml", "kind: Results\n");

        var result = await RunAsync("report", "results.yaml");

        Assert.Contains("\"results.json\" lies beside it.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OverAnotherFile_IsRefused()
    {
        folder.Write("results.json", Results());
        folder.Write("index.html", "<!doctype html>\n<title>Our site</title>");

        var result = await RunAsync("report", "results.json", "-o", "index.html");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("GKF9063", result.Error, StringComparison.Ordinal);
        Assert.Contains("Our site", await File.ReadAllTextAsync(folder.File("index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_WhereNoFolderCanBe_EndsWith5()
    {
        folder.Write("results.json", Results());
        folder.Write("file", "in the way");

        var result = await RunAsync("report", "results.json", "-o", "file/report.html");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("GKF9064", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("\"'`\\ \u2028 😀 ünïcödé <b>&amp;")]
    public async Task Report_HostileText_IsTextInThePage(string text)
    {
        folder.Write("results.json", Results(Job(text)).Replace("\"launch\"", JsonSerializer.Serialize(text), StringComparison.Ordinal));

        await RunAsync("report", "results.json");

        var page = await File.ReadAllTextAsync(folder.File("results.html"));
        Assert.Equal(text, Data("results.html")["jobs"]?[0]?["id"]?.GetValue<string>());
        Assert.Equal(2, Regex.Count(page, "</script"));
        Assert.DoesNotContain("<b>&amp;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfAPlanWithSignedUrls_ShowsNoSecret()
    {
        const string Secret = "c0ffee5ecret";
        folder.Write("plan.json", $$$"""
            {"apiVersion":"gmiklingflow/v1","kind":"Plan","flow":{"name":"x","file":"flow.yaml"},
             "inputs":{"vars":["token={{{Secret}}}"],"service":"https://u:{{{Secret}}}@queue.example.com/?key={{{Secret}}}"},
             "diagnostics":[{"severity":"warning","code":"GKF4301","message":"\"https://a.example.com/x.mp4?sig={{{Secret}}}\" ends; Bearer {{{Secret}}}","hint":"api_key={{{Secret}}}"}],
             "jobs":[{"id":"a","labels":{"see":"https://{{{Secret}}}@b.example.com/"},"action":"create","reason":"was https://a.example.com/x.mp4?X-Amz-Signature={{{Secret}}}","steps":[
               {"model":"kling-lip-sync","action":"create","unknown":["/session_id"],"payload":{"session_id":null,"video_url":"https://a.example.com/v.mp4?X-Goog-Signature={{{Secret}}}",
                "face_choose":[{"face_id":"0","sound_file":"https://a.example.com/x.mp3?sig={{{Secret}}}","sound_start_time":0}]}}]}]}
            """);

        await RunAsync("report", "plan.json");

        var page = await File.ReadAllTextAsync(folder.File("plan.html"));
        Assert.Contains("a.example.com/v.mp4", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_FilesOfResults_AreLinksFromThePageAndNothingElse()
    {
        folder.Write("out/ünï 😀 #1?.mp4", "video");
        folder.Write("out/results.json", Results(
            Job("a", "ünï 😀 #1?.mp4"), Job("b", "javascript:alert(1)"), Job("c", "//evil.example.com/x.mp4"), Job("d", "../../../gone.mp4"), Job("e", "https://evil.example.com/x.mp4")));

        await RunAsync("report", "out/results.json", "-o", "pages/report.html");

        var links = Data("pages/report.html")["jobs"]?.AsArray().Select(job => job?["output"]?["file"]).ToList() ?? [];
        Assert.Equal("../out/%C3%BCn%C3%AF%20%F0%9F%98%80%20%231%3F.mp4", links[0]?["href"]?.GetValue<string>());
        Assert.False(links[0]?["missing"]?.GetValue<bool>());
        Assert.Equal("../out/javascript%3Aalert%281%29", links[1]?["href"]?.GetValue<string>());
        Assert.Null(links[2]);
        Assert.True(links[3]?["missing"]?.GetValue<bool>());
        Assert.DoesNotContain("://", links[4]?["href"]?.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_AnyMemberOfAnyKind_IsReadAsFarAsItGoes()
    {
        var whole = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryFolder.Combine("tests", "GmiKlingFlow.Runtime.Tests", "Results", "ResultsTests.Write_EveryKindOfJob_LooksLikeThisAsJson.verified.json")));
        var places = Places(whole, []).Where(place => place is not ["kind"] and not ["apiVersion"]).ToList();
        Assert.True(places.Count > 80);
        foreach (var strange in new[] { "null", "true", "-1e300", "\"\\ud800\"", "[[{}]]", "{\"\\ud800\":{}}" })
        {
            foreach (var place in places)
            {
                var copy = whole?.DeepClone();
                Put(copy, place, "(strange)");
                folder.Write("results.json", copy?.ToJsonString().Replace("\"(strange)\"", strange, StringComparison.Ordinal) ?? "");

                var result = await RunAsync("report", "results.json");

                // Without its jobs and their ids a manifest is none.
                var isRefused = place is ["jobs"] or ["jobs", _] or ["jobs", _, "id"];
                Assert.True(result.ExitCode == (isRefused ? 2 : 0), $"{string.Join('/', place)} = {strange}: {result.Error}");
            }
        }
    }

    private static string Results(params string[] jobs) =>
        $$$"""{{{Head}}}"flow":{"name":"launch","file":"flow.yaml"},"run":{"id":"r-1","started_at":"2026-11-22T11:30:00.000Z"},"jobs":[{{{string.Join(',', jobs)}}}],"summary":{"cost_usd":0.07}}""";

    private static string Job(string id, string output = "a.mp4") =>
        $$$"""{"id":{{{JsonSerializer.Serialize(id)}}},"status":"succeeded","video":"host","output":{"file":{{{JsonSerializer.Serialize(output)}}},"bytes":5}}""";

    private static IEnumerable<object[]> Places(JsonNode? node, object[] above) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value, [.. above, member.Key]).Prepend([.. above, member.Key])),
        JsonArray items => items.SelectMany((item, i) => Places(item, [.. above, i]).Prepend([.. above, i])),
        _ => [],
    };

    private static void Put(JsonNode? node, object[] place, JsonNode? value)
    {
        foreach (var part in place[..^1])
        {
            node = part is int at ? node?[at] : node?[(string)part];
        }

        switch (node)
        {
            case JsonArray list when place[^1] is int at:
                list[at] = value;
                break;
            case JsonObject map when place[^1] is string name:
                map[name] = value;
                break;
        }
    }

    private JsonNode Data(string page)
    {
        var text = File.ReadAllText(folder.File(page));
        Assert.StartsWith("<!doctype html>\n<!-- gkflow report -->\n", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
        return JsonNode.Parse(DataElement().Match(text).Groups[1].Value) ?? throw new InvalidOperationException("The page has no data.");
    }

    private Task<CliResult> RunAsync(params string[] args) => new CliRunner(folder.Path).RunAsync(args);

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
