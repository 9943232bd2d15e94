using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>One map with known keys: tells the unknown ones, and gives each known one's value in the kind it must have.</summary>
internal sealed class MapReader
{
    private readonly ManifestMapping map;
    private readonly DiagnosticBag diagnostics;
    private Place? place;

    /// <param name="shape">A name in <see cref="FlowShape"/>.</param>
    public MapReader(ManifestMapping map, string path, string shape, DiagnosticBag diagnostics, bool allowExtensions = false)
        : this(map, path, shape, diagnostics, FlowShape.Objects[shape], allowExtensions)
    {
    }

    /// <param name="shape">What the map is, in words.</param>
    /// <param name="known">Its keys.</param>
    public MapReader(ManifestMapping map, string path, string shape, DiagnosticBag diagnostics, IReadOnlyList<string> known, bool allowExtensions = false)
    {
        (this.map, Path, Shape, this.diagnostics) = (map, path, shape, diagnostics);
        for (var i = 0; i < map.Members.Count; i++)
        {
            var key = map.Members[i].Key;
            if (!IsAmong(known, key.Value) && !(allowExtensions && key.Value.StartsWith("x-", StringComparison.Ordinal)))
            {
                var at = new Place(key.Span, PathOf(key.Value));
                HasUnknownKeys = true;
                diagnostics.Add(shape == FlowShape.Include && FlowShape.Objects[FlowShape.Flow].Contains(key.Value)
                    ? ShapeDiagnostics.NotInInclude(at, key.Value)
                    : ShapeDiagnostics.UnknownKey(at, key.Value, shape, NearestName.Of(key.Value, known), known));
            }
        }
    }

    public string Path { get; }

    public string Shape { get; }

    public Place Place => place ??= new Place(map.Span, Path);

    /// <summary>Then something missing may be there under a wrong name, and is not worth a second message.</summary>
    public bool HasUnknownKeys { get; }

    /// <returns>Null where the key is left out or its value is empty.</returns>
    public ManifestNode? Node(string key) => map.Find(key)?.Value is { } value and not ManifestScalar { IsNull: true } ? value : null;

    /// <summary>True where what the key holds can't be told: its value is no map, or it may be there under a wrong name.</summary>
    public bool Hides(string key) => Node(key) is { } node ? node is not ManifestMapping : HasUnknownKeys;

    public bool HasKey(string key) => map.Find(key) is not null;

    public Place KeyPlace(string key) => map.Find(key) is { } member ? new Place(member.Key.Span, PathOf(key)) : Place;

    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <returns>A scalar with its templates parsed; null where it is left out, empty or, with a diagnostic, a list or map.</returns>
    public Templated? Scalar(string key)
    {
        var node = Node(key);
        if (node is ManifestSequence or ManifestMapping)
        {
            diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(node.Span, PathOf(key)), key, "a single value", node.Kind));
            return new Templated.Broken(new Place(node.Span, PathOf(key)), node.Source);
        }

        return node is null ? null : TemplatedBinder.Bind(node, PathOf(key), diagnostics);
    }

    public ManifestMapping? Map(string key) => OfKind<ManifestMapping>(key, "a map");

    public ManifestSequence? List(string key) => OfKind<ManifestSequence>(key, "a list");

    /// <returns>Null where it is left out, empty or, with a diagnostic, no scalar.</returns>
    public ManifestScalar? Plain(string key) => OfKind<ManifestScalar>(key, "a single value");

    /// <summary>Reports a key that has to be there, unless a wrong name may stand for it.</summary>
    public void Missing(string key, string example)
    {
        if (!HasUnknownKeys && map.Find(key)?.Value is null or ManifestScalar)
        {
            diagnostics.Add(ShapeDiagnostics.MissingKey(map.Find(key) is null ? FirstLine() : KeyPlace(key), key, Shape, example));
        }
    }

    /// <summary>A whole map is too much to underline: its first key stands for it.</summary>
    public Place FirstLine() => new(map.Members.Count == 0 || map.Members[0].Key.Start < map.Start ? map.Span : map.Members[0].Key.Span, Path);

    // Not a query: this is asked for each key of each job.
    private static bool IsAmong(IReadOnlyList<string> known, string key)
    {
        for (var i = 0; i < known.Count; i++)
        {
            if (string.Equals(known[i], key, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private T? OfKind<T>(string key, string expected)
        where T : ManifestNode
    {
        var node = Node(key);
        if (node is not (null or T or BrokenNode))
        {
            diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(node.Span, PathOf(key)), key, expected, node.Kind));
        }

        return node as T;
    }
}
