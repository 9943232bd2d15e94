using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Writes JSON values as block YAML, so that both files hold the same thing by construction.</summary>
internal sealed class YamlEmitter(TextWriter output)
{
    // What YAML 1.1 or 1.2 readers take for something else than text.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf" };

    public void Document(JsonElement root)
    {
        Block(root, 0, isInline: false);
    }

    private void Block(JsonElement value, int indent, bool isInline)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Mapping(value, indent, isInline);
                break;
            case JsonValueKind.Array:
                Sequence(value, indent);
                break;
            default:
                output.Write(Scalar(value));
                output.Write('\n');
                break;
        }
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
            output.Write(Text(member.Name));
            output.Write(':');
            if (IsEmpty(member.Value) || !IsContainer(member.Value))
            {
                output.Write(' ');
                output.Write(Scalar(member.Value));
                output.Write('\n');
                continue;
            }

            output.Write('\n');
            Block(member.Value, indent + 2, isInline: false);
        }
    }

    private void Sequence(JsonElement value, int indent)
    {
        foreach (var item in value.EnumerateArray())
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
