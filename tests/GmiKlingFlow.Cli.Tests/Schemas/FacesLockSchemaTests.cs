using System.Text.Json.Nodes;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Schemas;

/// <summary>The faces lock's schema against the reader of locks: both take the same files.</summary>
public sealed class FacesLockSchemaTests
{
    private const string Schema = "faces-lock.v1.schema.json";
    private const string Head = "apiVersion: gmiklingflow/v1\nkind: FacesLock\n";
    private const string Print = "\"sha256:0000000000000000000000000000000000000000000000000000000000000001\"";

    public static TheoryData<string> GoodLocks =>
    [
        Head + "videos: []\n",
        Lock("faces: []"),
        Lock("faces: [{ face_id: \"-1\", start_time: 0, end_time: 86400000 }]"),
        Lock("simulated: true, faces: [{ face_id: \"Ä 😀\", start_time: 5, end_time: 5, thumbnail: a.faces/x-0.png }]"),
        Head + "videos: [{ source: \"https://e.com/v.mp4\", fingerprint: \"url:https://e.com/v.mp4?take=2\", faces: [] }]\n",
    ];

    public static TheoryData<string> BadLocks =>
    [
        "apiVersion: gmiklingflow/v2\nkind: FacesLock\nvideos: []\n",
        "apiVersion: gmiklingflow/v1\nkind: Flow\nvideos: []\n",
        "kind: FacesLock\nvideos: []\n",
        Head,
        Head + "videos: {}\n",
        Head + "videos: [x]\n",
        Head + "videos: []\nx-note: y\n",
        Head + "videos: [{ source: a.mp4, fingerprint: \"sha256:xyz\", faces: [] }]\n",
        Head + "videos: [{ source: a.mp4, fingerprint: \"0001\", faces: [] }]\n",
        Head + $"videos: [{{ source: a.mp4, fingerprint: {Print} }}]\n",
        Head + $"videos: [{{ fingerprint: {Print}, faces: [] }}]\n",
        Lock("simulated: 1, faces: []"),
        Lock("faces: [{ face_id: 0, start_time: 0, end_time: 1 }]"),
        Lock("faces: [{ face_id: \"\", start_time: 0, end_time: 1 }]"),
        Lock("faces: [{ face_id: \"0\", end_time: 1 }]"),
        Lock("faces: [{ face_id: \"0\", start_time: -1, end_time: 1 }]"),
        Lock("faces: [{ face_id: \"0\", start_time: 0, end_time: 86400001 }]"),
        Lock("faces: [{ face_id: \"0\", start_time: 0.5, end_time: 1 }]"),
        Lock("faces: [{ face_id: \"0\", start_time: 0, end_time: 4.2s }]"),
        Lock("faces: [{ face_id: \"0\", start_time: 0, end_time: 1, thumbnail: ../x.png }]"),
        Lock("faces: [{ face_id: \"0\", start_time: 0, end_time: 1, thumbnail: a/../x.png }]"),
        Lock("faces: [{ face_id: \"0\", start_time: 0, end_time: 1, thumbnail: /x.png }]"),
        Lock("faces: [{ face_id: \"0\", start_time: 0, end_time: 1, name: anna }]"),
    ];

    [Fact]
    public void Schema_Keys_AreTheReadersKeys()
    {
        var schema = Document();
        foreach (var (name, described) in new[] { ("faces lock", schema), ("locked video", schema?["$defs"]?["video"]), ("locked face", schema?["$defs"]?["face"]) })
        {
            var keys = described?["properties"]?.AsObject().Select(p => p.Key) ?? [];
            Assert.Equal(FacesLockShape.Objects[name].Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        }

        Assert.Equal(3, FacesLockShape.Objects.Count);
    }

    [Fact]
    public void Schema_EveryProperty_IsDescribedWithAnExample()
    {
        var properties = new[] { Document(), Document()?["$defs"]?["video"], Document()?["$defs"]?["face"] }.SelectMany(d => d?["properties"]?.AsObject().ToList() ?? []).ToList();

        Assert.All(properties, p => Assert.NotNull(p.Value?["description"]));
        Assert.All(properties.Where(p => p.Value?["const"] is null && p.Value?["items"] is null), p => Assert.NotNull(p.Value?["examples"]));
        Assert.Empty(SchemaJudge.Errors(Schema, [.. Document()?["examples"]?.AsArray() ?? []]).SelectMany(e => e));
    }

    [Fact]
    public async Task Locks_GoodAndBad_AreJudgedAlikeBySchemaAndProgram()
    {
        var locks = GoodLocks.Select(l => (Text: (string)l, Good: true)).Concat(BadLocks.Select(l => (Text: (string)l, Good: false))).ToList();
        var errors = SchemaJudge.Errors(Schema, [.. locks.Select(l => YamlAsJson.Parse(l.Text))]);
        using var folder = new TemporaryFolder();
        var flow = Commands.ExampleFlow.CopyTo(folder, "quickstart");
        foreach (var ((text, good), complaints) in locks.Zip(errors))
        {
            File.WriteAllText(folder.File("quickstart/flow.faces.lock.yaml"), text);
            var result = await new CliRunner(folder.Path).RunAsync("validate", flow);

            Assert.True(complaints.Count == 0 == good, $"The schema says {string.Join("; ", complaints)} about\n{text}");
            Assert.True(result.ExitCode == (good ? 0 : 2), $"{result.Error}\n{text}");
        }
    }

    private static JsonNode? Document() => JsonNode.Parse(File.ReadAllText(RepositoryFolder.Combine("schemas", Schema)));

    private static string Lock(string rest) => $"{Head}videos: [{{ source: a.mp4, fingerprint: {Print}, {rest} }}]\n";
}
