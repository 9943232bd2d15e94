namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>Finds a value with a template in it that is not in quotes.</summary>
internal static class BareTemplates
{
    /// <param name="line">One line, without its break.</param>
    /// <returns>The value's range; null where no <c>{{</c> stands outside quotes.</returns>
    public static (int Start, int End)? Find(string line)
    {
        var (valueStart, quote) = (0, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            var atStart = line.AsSpan(valueStart, i - valueStart).Trim().IsEmpty;
            if (quote != '\0')
            {
                i += c == '\\' && quote == '"' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' && atStart)
            {
                quote = c;
            }
            else if (c == '#' && (i == 0 || line[i - 1] is ' ' or '\t'))
            {
                return null;
            }
            else if (c == '{' && i + 1 < line.Length && line[i + 1] == '{')
            {
                return (valueStart + LeadingBlanks(line, valueStart), EndOfValue(line, i));
            }
            else if (c is ':' or '-' && i + 1 < line.Length && line[i + 1] is ' ' or '\t' || c is '[' or ',' or '{')
            {
                valueStart = i + 1;
            }
        }

        return null;
    }

    private static int LeadingBlanks(string line, int from) => line.Length - from - line.AsSpan(from).TrimStart().Length;

    private static int EndOfValue(string line, int templateStart)
    {
        var close = line.LastIndexOf("}}", StringComparison.Ordinal);
        if (close < templateStart)
        {
            return line.AsSpan().TrimEnd().Length;
        }

        var tail = line.AsSpan(close + 2).IndexOfAny(" \t,]}");
        return tail < 0 ? line.Length : close + 2 + tail;
    }
}
