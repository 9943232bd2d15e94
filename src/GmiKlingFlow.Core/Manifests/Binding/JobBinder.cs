using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>The <c>jobs</c> of a flow.</summary>
internal sealed class JobBinder(DiagnosticBag diagnostics)
{
    // Written out by hand: a matrix is one.
    private const int ManyJobs = 1000;

    private static readonly string[] Ways = ["faces", "face_choose", "segments_from"];

    private readonly EntryBinder entries = new(diagnostics);
    private readonly SegmentsBinder segmentsOf = new(diagnostics);

    public IReadOnlyList<JobTemplate> Jobs(MapReader flow)
    {
        if (flow.Node("jobs") is null)
        {
            flow.Missing("jobs", "jobs: [{ id: ..., video: ..., faces: [...] }]");
            return [];
        }

        var list = flow.List("jobs");
        if (list is { Items.Count: 0 })
        {
            diagnostics.Add(ShapeDiagnostics.NothingListed(new Place(list.Span, "jobs"), "jobs", FlowShape.Job));
        }

        return list is null ? [] : list.Items.Count < ManyJobs ? Bound(list, 0, list.Items.Count, "jobs", Job) : SideBySide(list);
    }

    /// <summary>Each processor binds a stretch of the jobs, which know nothing of each other; what they found is put together in their order.</summary>
    private List<JobTemplate> SideBySide(ManifestSequence list)
    {
        var stretches = new (List<JobTemplate> Jobs, DiagnosticBag Problems)[Environment.ProcessorCount];
        Parallel.For(0, stretches.Length, i =>
        {
            var problems = new DiagnosticBag();
            var (start, end) = (i * list.Items.Count / stretches.Length, (i + 1) * list.Items.Count / stretches.Length);
            stretches[i] = (Bound(list, start, end, "jobs", new JobBinder(problems).Job), problems);
        });
        foreach (var (_, problems) in stretches)
        {
            diagnostics.AddRange(problems);
        }

        return [.. stretches.SelectMany(static stretch => stretch.Jobs)];
    }

    private JobTemplate? Job(ManifestNode node, string path)
    {
        if (node is not ManifestMapping map)
        {
            if (node is not BrokenNode)
            {
                diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(node.Span, path), FlowShape.Job, "a map", node.Kind));
            }

            return null;
        }

        var reader = new MapReader(map, path, FlowShape.Job, diagnostics);
        var hasEntries = HasEntries(reader);
        var faces = Elements(reader, "faces", FlowShape.Entry, entries.Entry, out var facesAreRight);
        var verbatim = Elements(reader, "face_choose", FlowShape.Verbatim, entries.Verbatim, out var verbatimIsRight);
        var segments = segmentsOf.Segments(reader, out var segmentsAreRight);
        return new JobTemplate(
            Required(reader, "id", "id: my-job"),
            Matrix(reader),
            reader.Scalar("when"),
            Labels(reader),
            Required(reader, "video", "video: host"),
            faces,
            verbatim,
            segments,
            reader.Scalar("output"),
            reader.HasUnknownKeys || !hasEntries || !facesAreRight || !verbatimIsRight || !segmentsAreRight || faces.Exists(static face => face.IsBroken),
            reader.FirstLine());
    }

    private bool HasEntries(MapReader reader)
    {
        string? given = null;
        foreach (var way in Ways)
        {
            if (reader.Node(way) is null)
            {
                continue;
            }

            if (given is not null)
            {
                diagnostics.Add(ShapeDiagnostics.MoreThanOneGiven(reader.KeyPlace(way), reader.Shape, given, way));
                return false;
            }

            given = way;
        }

        if (given is null && !reader.HasUnknownKeys && SegmentsBinder.Misplaced(reader).Count == 0)
        {
            diagnostics.Add(ShapeDiagnostics.NoneGiven(reader.FirstLine(), reader.Shape, Ways));
        }

        return given is not null;
    }

    private List<T> Elements<T>(MapReader reader, string key, string owner, Func<ManifestNode, string, T?> bind, out bool isRight)
        where T : class
    {
        var list = reader.List(key);
        if (list is { Items.Count: 0 })
        {
            diagnostics.Add(ShapeDiagnostics.NothingListed(new Place(list.Span, reader.PathOf(key)), key, owner));
        }

        var bound = list is null ? [] : Bound(list, 0, list.Items.Count, reader.PathOf(key), bind);
        isRight = list is null ? reader.Node(key) is null : bound.Count == list.Items.Count && bound.Count > 0;
        return bound;
    }

    /// <returns>Without those that could not be bound.</returns>
    private static List<T> Bound<T>(ManifestSequence list, int start, int end, string path, Func<ManifestNode, string, T?> bind)
        where T : class
    {
        var bound = new List<T>(end - start);
        for (var i = start; i < end; i++)
        {
            if (bind(list.Items[i], $"{path}[{i}]") is { } element)
            {
                bound.Add(element);
            }
        }

        return bound;
    }

    private Templated? Matrix(MapReader reader) => reader.Node("matrix") switch
    {
        null => null,
        ManifestMapping map => new Templated.Map(
            [.. map.Members.Select(m => KeyValuePair.Create(m.Name, Axis(m, $"{reader.PathOf("matrix")}.{m.Name}")))],
            new Place(map.Span, reader.PathOf("matrix")),
            map.Source),
        _ => reader.Scalar("matrix"),
    };

    /// <summary>Include and exclude keep their elements apart, so that a problem can be told of one of them.</summary>
    private Templated Axis(ManifestMember member, string path) => member is { Name: "include" or "exclude", Value: ManifestSequence list }
        ? new Templated.List([.. list.Items.Select((item, i) => TemplatedBinder.Bind(item, $"{path}[{i}]", diagnostics))], new Place(list.Span, path), list.Source)
        : TemplatedBinder.Bind(member.Value, path, diagnostics);

    private List<KeyValuePair<string, Templated>> Labels(MapReader reader)
    {
        var labels = new List<KeyValuePair<string, Templated>>();
        foreach (var member in reader.Map("labels")?.Members ?? [])
        {
            var path = $"{reader.PathOf("labels")}.{member.Name}";
            if (member.Value is ManifestSequence or ManifestMapping)
            {
                diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(member.Value.Span, path), member.Name, "a single value", member.Value.Kind));
            }
            else
            {
                labels.Add(KeyValuePair.Create(member.Name, TemplatedBinder.Bind(member.Value, path, diagnostics)));
            }
        }

        return labels;
    }

    private static Templated? Required(MapReader reader, string key, string example)
    {
        var value = reader.Scalar(key);
        if (value is null)
        {
            reader.Missing(key, example);
        }

        return value;
    }
}
