using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Writes a document of JSON values as block YAML, member by member.</summary>
internal sealed class YamlEmitter(TextWriter output)
{
    // What YAML 1.1 or 1.2 readers take for something else than text.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf" };

    /// <param name="root">An object.</param>
    public void Document(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            Member(member);
        }
    }

    /// <summary>A member of the document itself.</summary>
    public void Member(JsonProperty member) => Member(member, 0);

    /// <summary>A list that is a member of the document itself; its items are taken one at a time.</summary>
    public void List(string name, IEnumerable<JsonElement> items)
    {
        using var item = items.GetEnumerator();
        if (!item.MoveNext())
        {
            output.Write($"{Text(name)}: []\n");
            return;
        }

        output.Write($"{Text(name)}:\n");
        do
        {
            Item(item.Current, 2);
        }
        while (item.MoveNext());
    }

    /// <param name="isInline">True when the first member stands on the line of a list's dash.</param>
    private void Mapping(JsonElement value, int indent, bool isInline)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (!isInline)
            {
                Indent(indent);
            }

            isInline = false;
            Member(member, indent);
        }
    }

    private void Member(JsonProperty member, int indent)
    {
        output.Write(Text(member.Name));
        output.Write(':');
        if (IsEmpty(member.Value) || !IsContainer(member.Value))
        {
            output.Write(' ');
            output.Write(Scalar(member.Value));
            output.Write('\n');
            return;
        }

        output.Write('\n');
        if (member.Value.ValueKind == JsonValueKind.Object)
        {
            Mapping(member.Value, indent + 2, isInline: false);
        }
        else
        {
            Sequence(member.Value, indent + 2);
        }
    }

    private void Sequence(JsonElement value, int indent)
    {
        foreach (var item in value.EnumerateArray())
        {
            Item(item, indent);
        }
    }

    private void Item(JsonElement item, int indent)
    {
        Indent(indent);
        output.Write('-');
        if (IsEmpty(item) || !IsContainer(item))
        {
            output.Write(' ');
            output.Write(Scalar(item));
            output.Write('\n');
        }
        else if (item.ValueKind == JsonValueKind.Object)
        {
            output.Write(' ');
            Mapping(item, indent + 2, isInline: true);
        }
        else
        {
            output.Write('\n');
            Sequence(item, indent + 2);
        }
    }

    private void Indent(int count)
    {
        for (var i = 0; i < count; i++)
        {
            output.Write(' ');
        }
    }

    private static bool IsContainer(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{}",
        JsonValueKind.Array => "[]",
        JsonValueKind.String => Text(value.GetString() ?? ""),
        _ => value.GetRawText(),
    };

    private static string Text(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '/') && text[^1] != ' ' && !Reserved.Contains(text)
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ' ');

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                < 0x20 or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF =>
                    quoted.Append("\\u").Append(rune.Value.ToString("X4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(rune.ToString()),
            };
        }

        return quoted.Append('"').ToString();
    }
}
