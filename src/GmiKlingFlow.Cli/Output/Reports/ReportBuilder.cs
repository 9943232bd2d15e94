using System.Text.Json;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Gathers manifests and plans into one page's data.</summary>
/// <param name="pageFolder">Absolute: where the page will lie.</param>
/// <param name="workingDirectory">Absolute: where a plan that was printed names its flow from, if nothing better is known.</param>
internal sealed class ReportBuilder(string pageFolder, string workingDirectory)
{
    private readonly MediaLinks links = new(pageFolder);
    private readonly FacePictures pictures = new();
    private readonly List<ReportRun> runs = [];
    private readonly List<ReportVideo> videos = [];
    private readonly List<(ReportInput Input, JobReading Reading)> sources = [];

    public void Add(ReportInput input)
    {
        var root = input.Head;
        var flow = root.Member("flow") ?? default;
        var flowPath = FlowPath(input, flow.Text("file"));
        var inputs = ByName(root.List("inputs"), static each => each.Text("file") ?? each.Text("url"));
        var media = input.Kind == "Plan" ? Path.GetDirectoryName(flowPath) ?? input.Folder : input.Folder;
        var reading = new VideoReading(links, pictures, media, flowPath, inputs);
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
        sources.Add((input, new JobReading(links, input.Folder, known, audio)));
    }

    /// <returns>The page's data. The jobs are read from the files while they are written.</returns>
    public ReportModel Build(string tool)
    {
        var flows = runs.Select(static run => run.Flow).Distinct(StringComparer.Ordinal).ToList();
        return new ReportModel(flows is [var one] ? one : $"{flows.Count} flows", tool, runs, videos, Jobs());
    }

    private IEnumerable<ReportJob> Jobs() => sources.SelectMany(static (source, run) => source.Input.Jobs().Select(job => source.Reading.Read(job, run)));

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

    /// <summary>Results name their flow as seen from themselves; a plan as seen from where it was made, and that from itself where it was saved.</summary>
    private string? FlowPath(ReportInput input, string? file)
    {
        var made = (input.Head.Member("inputs") ?? default) is { ValueKind: JsonValueKind.Object } origin ? origin : default;
        string?[] folders = input.Kind == "Plan"
            ? [made.Text("working_directory_from_plan") is { Length: > 0 } from ? At(input.Folder, from) : null, made.Text("working_directory"), workingDirectory, input.Folder]
            : [input.Folder];
        var paths = folders.OfType<string>().Where(Path.IsPathFullyQualified).Select(folder => At(folder, file)).OfType<string>().ToList();
        return paths.Find(File.Exists) ?? paths.LastOrDefault();
    }

    /// <returns>Null where it makes no path.</returns>
    private static string? At(string folder, string? name)
    {
        try
        {
            return name is null || name.Contains('\0') || MediaLinks.IsRemote(name) ? null : Path.GetFullPath(name, folder);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            return null;
        }
    }
}
