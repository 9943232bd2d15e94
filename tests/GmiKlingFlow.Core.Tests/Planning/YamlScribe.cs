using System.Text;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Writes the same YAML again and again in other clothes: styles, quotes, order, comments, blanks, anchors, aliases and merge keys.</summary>
internal sealed class YamlScribe(Random random)
{
    private readonly StringBuilder shared = new();
    private int anchors;

    public string Write(YamlNode.Map document)
    {
        var body = new StringBuilder();
        Block(body, document, 0);
        var end = random.Next(4) == 0 ? "\r\n" : "\n";
        var text = $"{(Often() ? "# A comment: with { signs }\n" : "")}{(Often() ? "---\n" : "")}{shared}{body}{(Often() ? "\n\n# the end" : "")}";
        return text.Replace("\n", end, StringComparison.Ordinal);
    }

    private void Block(StringBuilder text, YamlNode.Map map, int indent)
    {
        foreach (var (key, value) in Members(map, indent))
        {
            Decorate(text, indent);
            text.Append(' ', indent).Append(Key(key)).Append(':');
            Value(text, value, indent);
        }
    }

    private void Value(StringBuilder text, YamlNode value, int indent)
    {
        switch (value)
        {
            case YamlNode.Map map when random.Next(3) > 0:
                text.Append(Comment()).Append('\n');
                Block(text, map, indent + random.Next(1, 5));
                break;
            case YamlNode.List list when random.Next(3) > 0:
                text.Append(Comment()).Append('\n');
                Items(text, list, indent + random.Next(0, 4));
                break;
            default:
                text.Append(' ', random.Next(1, 4)).Append(Inline(value)).Append(Comment()).Append('\n');
                break;
        }
    }

    private void Items(StringBuilder text, YamlNode.List list, int indent)
    {
        foreach (var item in list.Items)
        {
            Decorate(text, indent);
            text.Append(' ', indent).Append('-');
            if (item is YamlNode.Map map && Often())
            {
                var inner = new StringBuilder();
                Block(inner, map, indent + 2);
                var first = inner.ToString();

                // The first member stands beside the dash, unless a comment or blank line does.
                text.Append(first.StartsWith(new string(' ', indent + 2), StringComparison.Ordinal) && first.TrimStart()[0] is not '#' ? $" {first[(indent + 2)..]}" : $"\n{first}");
            }
            else
            {
                Value(text, item, indent);
            }
        }
    }

    private string Inline(YamlNode node) => node switch
    {
        YamlNode.Map map => $"{{{Gap()}{string.Join($",{Gap()}", Members(map, 1).Select(m => $"{Key(m.Key)}: {Inline(m.Value)}"))}{Gap()}}}",
        YamlNode.List list => $"[{Gap()}{string.Join($",{Gap()}", list.Items.Select(Inline))}{Gap()}]",
        YamlNode.Text { Value: var text } => Shared(Quoted(text)),
        YamlNode.Plain { Spellings: var spellings } => Shared(spellings[random.Next(spellings.Count)]),
        _ => throw new InvalidOperationException($"A node of kind {node.GetType().Name}."),
    };

    private string Shared(string scalar)
    {
        if (random.Next(8) > 0 || scalar[0] is '*' or '[')
        {
            return scalar;
        }

        var anchor = $"s{++anchors}";
        shared.Append($"x-{anchor}: &{anchor} {scalar}\n");
        return $"*{anchor}";
    }

    // Some of a deeper map's members may come from elsewhere by a merge key; its own keys win over what else that brings.
    private List<(string Key, YamlNode Value)> Members(YamlNode.Map map, int indent)
    {
        var members = map.Members.ToArray();
        random.Shuffle(members);
        if (indent == 0 || members.Length < 2 || random.Next(4) > 0)
        {
            return [.. members];
        }

        var cut = random.Next(1, members.Length);
        var anchor = $"m{++anchors}";
        var merged = members[cut..].Append((members[0].Key, new YamlNode.Text("loses"))).ToArray();
        var written = Inline(new YamlNode.Map(merged));
        shared.Append($"x-{anchor}: &{anchor} {written}\n");
        (string, YamlNode) merge = ("<<", new YamlNode.Plain([$"*{anchor}", $"[*{anchor}]"]));
        return [.. members[..cut].Append(merge).OrderBy(_ => random.Next())];
    }

    private string Key(string key) => key == "<<" ? key : random.Next(5) switch { 0 => $"\"{key}\"", 1 => $"'{key}'", _ => key };

    private string Quoted(string text) => random.Next(text.All(char.IsDigit) ? 2 : 3) switch { 0 => $"\"{text}\"", 1 => $"'{text}'", _ => text };

    private string Gap() => random.Next(5) switch { 0 => "", 1 => "  ", 2 => $"\n{new string(' ', 40)}", _ => " " };

    private string Comment() => random.Next(5) == 0 ? "   # said by hand: {{ nobody }}" : "";

    private void Decorate(StringBuilder text, int indent)
    {
        if (random.Next(8) == 0)
        {
            text.Append(Often() ? "\n" : $"{new string(' ', indent)}# note\n");
        }
    }

    private bool Often() => random.Next(2) == 0;
}
