using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Benchmarks;

/// <summary>What makes tables and plot out of measurements (tests/Benchmarks/report); nothing is measured here.</summary>
public sealed partial class BenchmarkReportTests : IDisposable
{
    private static readonly string Report = RepositoryFolder.Combine("tests", "Benchmarks", "report");
    private static readonly string Results = RepositoryFolder.Combine("tests", "Benchmarks", "results");

    // Three rounds, of which one met something else on the machine; and a peer with one figure more.
    private const string Lines = """
        {"group":"run","name":"gkflow run","round":1,"wall":2,"cpu":0.5}
        {"group":"run","name":"shell & loop","round":1,"wall":3,"cpu":2}
        {"group":"run","name":"make","round":1,"wall":0.02,"cpu":0.01}
        {"group":"run","name":"gkflow run","round":2,"wall":20,"cpu":0.5}
        {"group":"run","name":"shell & loop","round":2,"wall":30,"cpu":2}
        {"group":"run","name":"make","round":2,"wall":0.2,"cpu":0.01}
        {"group":"run","name":"gkflow run","round":3,"wall":2,"cpu":0.5}
        {"group":"run","name":"shell & loop","round":3,"wall":2.5,"cpu":1}
        {"group":"run","name":"make","round":3,"wall":0.02,"cpu":0.01}
        {"group":"run","name":"gkflow run","memory":112640}
        {"group":"run","name":"shell & loop","facts":{"polls per job":4.5}}
        {"group":"run","name":"shell & loop","facts":{"polls per job":5.5}}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_Measurements_MakesTableOfRatiosRoundByRound()
    {
        Collect();
        Write();
        var page = File.ReadAllText(folder.File("README.md"));

        Assert.StartsWith("# Kept\n<!-- begin run -->\n| run, ", page, StringComparison.Ordinal);
        Assert.EndsWith("\n<!-- end run -->\nKept too.\n", page, StringComparison.Ordinal);
        Baseline.Match(DateAtStart().Replace(page, "DATE"), "md");
    }

    [Fact]
    public void Write_Measurements_DrawsABarForEachPeer()
    {
        Collect();
        Write();
        var plot = XDocument.Load(folder.File("results/times.svg"));
        XNamespace svg = "http://www.w3.org/2000/svg";
        var texts = plot.Descendants(svg + "text").Select(text => text.Value).ToList();

        // The legend's three, and the two that are not the base.
        Assert.Equal(["ours", "peer", "faster", "peer", "faster"], plot.Descendants(svg + "rect").Select(bar => (string?)bar.Attribute("class")).Where(kind => kind != "paper"));
        Assert.Contains("shell & loop", texts);
        Assert.Contains("1.50", texts);
        Assert.Contains("0.01", texts);
    }

    [Fact]
    public void Check_PageOfOtherResults_NamesWhatDiffers()
    {
        Collect();
        var (code, complaint) = Node("write.mjs", "--check", folder.Path);

        Assert.Equal(1, code);
        Assert.Contains("README.md, results/times.svg", complaint, StringComparison.Ordinal);
        Assert.Equal("# Kept\n<!-- begin run --><!-- end run -->\nKept too.\n", File.ReadAllText(folder.File("README.md")));
    }

    [Fact]
    public void Check_CommittedPage_IsMadeOfTheCommittedResults()
    {
        var (code, complaint) = Node("write.mjs", "--check");
        Assert.True(code == 0, complaint);
    }

    [Fact]
    public void Results_Committed_NameNoFolderOfTheMachineThatMadeThem()
    {
        var files = Directory.GetFiles(Results, "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(Texts(file), text => text.StartsWith('/') || text.Contains(" /", StringComparison.Ordinal)));
    }

    private void Collect()
    {
        folder.Write("README.md", "# Kept\n<!-- begin run --><!-- end run -->\nKept too.\n");
        var lines = folder.Write("run.jsonl", Lines);
        var machine = folder.Write("machine.json", """{"cpu":"a processor","cores":2,"memory_gb":8,"system":"an OS","commit":"abc1234","versions":{"make":"4.3"}}""");
        var (code, complaint) = Node("collect.mjs", "run", lines, machine, folder.File("results/run.json"));
        Assert.True(code == 0, complaint);
    }

    private void Write()
    {
        var (code, complaint) = Node("write.mjs", folder.Path);
        Assert.True(code == 0, complaint);
    }

    private static (int Code, string Complaint) Node(string script, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Report, script), .. arguments]) { RedirectStandardError = true })
            ?? throw new InvalidOperationException("node did not start.");
        var complaint = node.StandardError.ReadToEnd();
        node.WaitForExit();
        return (node.ExitCode, complaint);
    }

    private static List<string> Texts(string file)
    {
        var (texts, rest) = (new List<string>(), new Stack<JsonElement>());
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        rest.Push(document.RootElement);
        while (rest.TryPop(out var element))
        {
            if (element.ValueKind == JsonValueKind.String)
            {
                texts.Add(element.GetString() ?? "");
            }
            else if (element.ValueKind is JsonValueKind.Array)
            {
                element.EnumerateArray().ToList().ForEach(rest.Push);
            }
            else if (element.ValueKind is JsonValueKind.Object)
            {
                element.EnumerateObject().ToList().ForEach(member => rest.Push(member.Value));
            }
        }

        return texts;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d", RegexOptions.Multiline)]
    private static partial Regex DateAtStart();
}
