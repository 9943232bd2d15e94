using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Templating.Functions;
using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Values as text, as Scriban prints them, the same on every machine.</summary>
public static class TemplateText
{
    /// <summary>Null is nothing; <c>true</c>; <c>1.5</c>; <c>[1, "two"]</c>; <c>{a: null}</c>; a date as <c>05 Jan 2016</c>.</summary>
    public static string Of(TemplateValue value) => TryOf(value, int.MaxValue) ?? "";

    /// <returns>Null when the text would be longer than <paramref name="limit"/>.</returns>
    internal static string? TryOf(TemplateValue value, int limit)
    {
        if (value is TemplateValue.Text plain)
        {
            return plain.Value.Length <= limit ? plain.Value : null;
        }

        var text = new StringBuilder();
        Write(text, value, nested: false, limit);
        return text.Length <= limit ? text.ToString() : null;
    }

    /// <summary>True for a key that stands in a map, or after a dot, without quotes.</summary>
    internal static bool IsPlainKey(string key) =>
        key.Length > 0 && Lexer.StartsName(key[0]) && key.All(Lexer.ContinuesName) && !Lexer.IsReserved(key);

    internal static void PrintKey(StringBuilder text, string key)
    {
        if (IsPlainKey(key))
        {
            text.Append(key);
        }
        else
        {
            TextLiteral.Print(text, key);
        }
    }

    private static void Write(StringBuilder text, TemplateValue value, bool nested, int limit)
    {
        switch (value)
        {
            case TemplateValue.Null:
                text.Append(nested ? "null" : "");
                break;
            case TemplateValue.Bool truth:
                text.Append(truth.Value ? "true" : "false");
                break;
            case TemplateValue.Integer number:
                text.Append(CultureInfo.InvariantCulture, $"{number.Value}");
                break;
            case TemplateValue.Float number:
                text.Append(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case TemplateValue.Text content:
                text.Append('"').Append(StringFunctions.Escape(content.Value)).Append('"');
                break;
            case TemplateValue.Moment moment:
                text.Append(DatePattern.Format(moment.Value, DatePattern.Default));
                break;
            case TemplateValue.Span span:
                text.Append(span.Value.ToString("c", CultureInfo.InvariantCulture));
                break;
            case TemplateValue.List list:
                WriteList(text, list, limit);
                break;
            case TemplateValue.Map map:
                WriteMap(text, map, limit);
                break;
        }
    }

    private static void WriteList(StringBuilder text, TemplateValue.List list, int limit)
    {
        text.Append('[');
        for (var i = 0; i < list.Items.Count && text.Length <= limit; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, list.Items[i], nested: true, limit);
        }

        text.Append(']');
    }

    private static void WriteMap(StringBuilder text, TemplateValue.Map map, int limit)
    {
        text.Append('{');
        for (var i = 0; i < map.Members.Count && text.Length <= limit; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            PrintKey(text, map.Members[i].Key);
            text.Append(": ");
            Write(text, map.Members[i].Value, nested: true, limit);
        }

        text.Append('}');
    }
}
