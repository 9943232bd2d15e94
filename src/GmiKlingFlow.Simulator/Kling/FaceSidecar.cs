using System.Globalization;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>The faces of a video, written beside it in <c>VIDEO.faces.yaml</c> (<c>host.mp4.faces.yaml</c> or <c>host.faces.yaml</c>): a list of
/// <c>{face_id, start_time, end_time}</c>, times in milliseconds or as durations (<c>4.2s</c>). An empty list is a video without faces.</summary>
internal static class FaceSidecar
{
    public const string Suffix = ".faces.yaml";

    private const long LargestBytes = 1 << 20;
    private const int MostFaces = 1000;

    /// <returns>The sidecar's path, or null when there is none.</returns>
    public static string? Of(string video) =>
        new[] { video + Suffix, Path.ChangeExtension(video, null) + Suffix }.FirstOrDefault(File.Exists);

    /// <exception cref="FormatException">It does not say what it should; the message says where and how.</exception>
    public static IReadOnlyList<Face> Read(string sidecar)
    {
        var name = Path.GetFileName(sidecar);
        if (new FileInfo(sidecar).Length > LargestBytes)
        {
            throw new FormatException($"{name} is larger than 1 MB");
        }

        var yaml = new YamlStream();
        try
        {
            using var text = File.OpenText(sidecar);
            yaml.Load(text);
        }
        catch (YamlException e)
        {
            throw new FormatException($"{name} is not YAML (line {e.Start.Line.ToString(CultureInfo.InvariantCulture)})", e);
        }

        var root = yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode;
        return root switch
        {
            null or YamlScalarNode { Value: null or "" or "[]" } => [],
            YamlSequenceNode { Children.Count: <= MostFaces } list => Distinct(name, [.. list.Select(item => ReadFace(name, item))]),
            _ => throw new FormatException($"{name} is not a list of at most {MostFaces} faces"),
        };
    }

    private static Face ReadFace(string name, YamlNode node)
    {
        if (node is not YamlMappingNode members)
        {
            throw new FormatException($"{name}, line {Line(node)}: not a face. Write {{ face_id: \"0\", start_time: 0, end_time: 5000 }}");
        }

        var range = new TimeRange(Time(name, members, "start_time"), Time(name, members, "end_time"));
        return range.Length > TimeSpan.Zero
            ? new Face(Text(name, members, "face_id"), range, null)
            : throw new FormatException($"{name}, line {Line(node)}: end_time is not after start_time");
    }

    private static IReadOnlyList<Face> Distinct(string name, IReadOnlyList<Face> faces) =>
        faces.GroupBy(face => face.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new FormatException($"{name}: face_id \"{twice.Key}\" is there twice")
            : faces;

    private static TimeSpan Time(string name, YamlMappingNode members, string key) =>
        DurationText.TryParse(Text(name, members, key), out var time)
            ? time
            : throw new FormatException($"{name}, line {Line(members)}: {key} is not a time. Write milliseconds or a duration such as 4.2s");

    private static string Text(string name, YamlMappingNode members, string key) =>
        members.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : throw new FormatException($"{name}, line {Line(members)}: {key} is missing");

    private static string Line(YamlNode node) => node.Start.Line.ToString(CultureInfo.InvariantCulture);
}
