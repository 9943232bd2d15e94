using System.Text.Json;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Gathers manifests and plans into one page's data.</summary>
/// <param name="pageFolder">Absolute: where the page will lie.</param>
internal sealed class ReportBuilder(string pageFolder)
{
    private readonly MediaLinks links = new(pageFolder);
    private readonly FacePictures pictures = new();
    private readonly List<ReportRun> runs = [];
    private readonly List<ReportVideo> videos = [];
    private readonly List<ReportJob> jobs = [];

    public void Add(ReportInput input)
    {
        var root = input.Document.RootElement;
        var flow = root.Member("flow") ?? default;
        var flowPath = FlowPath(input, flow.Text("file"));
        var inputs = ByName(root.List("inputs"), static each => each.Text("file") ?? each.Text("url"));
        var reading = new VideoReading(links, pictures, input.Folder, flowPath, inputs);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var video in root.List("videos"))
        {
            if (video.Text("name") is { } name && known.TryAdd(name, videos.Count))
            {
                videos.Add(reading.Read(name, video));
            }
        }

        var audio = ByName(root.List("audio"), static track => track.Text("name"));
        var file = Members.Shown(links.Relative(input.Path));
        runs.Add(input.Kind == "Plan" ? RunReading.OfPlan(root, file) : RunReading.OfResults(root, file));
        var jobReading = new JobReading(links, input.Folder, known, audio);
        jobs.AddRange(root.List("jobs").Select(job => jobReading.Read(job, runs.Count - 1)));
    }

    public ReportModel Build(string tool)
    {
        var flows = runs.Select(static run => run.Flow).Distinct(StringComparer.Ordinal).ToList();
        return new ReportModel(flows is [var one] ? one : $"{flows.Count} flows", tool, runs, videos, jobs);
    }

    private static Dictionary<string, JsonElement> ByName(IEnumerable<JsonElement> list, Func<JsonElement, string?> name)
    {
        var byName = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var element in list)
        {
            if (name(element) is { } known)
            {
                byName.TryAdd(known, element);
            }
        }

        return byName;
    }

    // A plan names its flow as seen from where it was made, results as seen from themselves.
    private static string? FlowPath(ReportInput input, string? file)
    {
        try
        {
            return file is null || file.Contains('\0') ? null : Path.GetFullPath(file, input.Folder);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            return null;
        }
    }
}
