using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Schemas;

public sealed class ResultsSchemaTests
{
    [Fact]
    public void Schema_Members_AreTheTypesMembers()
    {
        var schema = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Combine("schemas", "results.v1.schema.json")));
        var types = ResultsJson.Default.RunResults.GetJsonSchemaAsNode();

        Assert.Equal(Members(types, types, ""), Members(schema, schema, ""));
    }

    // Every member's path, whatever it is referenced through: jobs[].steps[].cost.usd
    private static SortedSet<string> Members(JsonNode? node, JsonNode? root, string path)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        node = Resolve(node, root);
        foreach (var (name, member) in node?["properties"]?.AsObject() ?? [])
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            found.Add(inner);
            found.UnionWith(Members(member, root, inner));
        }

        if (node?["items"] is JsonObject items)
        {
            found.UnionWith(Members(items, root, path + "[]"));
        }

        return found;
    }

    private static JsonNode? Resolve(JsonNode? node, JsonNode? root)
    {
        if (node is not JsonObject)
        {
            return null;
        }

        if (node["anyOf"] is JsonArray choices)
        {
            node = choices.FirstOrDefault(c => c?["type"]?.ToJsonString() != "\"null\"");
        }

        if (node?["$ref"]?.GetValue<string>() is not { } reference)
        {
            return node;
        }

        var target = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            target = target is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : target?[part];
        }

        return Resolve(target, root);
    }
}
