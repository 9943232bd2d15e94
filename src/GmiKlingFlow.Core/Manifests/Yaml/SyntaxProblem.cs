using GmiKlingFlow.Core.Diagnostics;
using YamlDotNet.Core;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>The YAML parser's complaint as a diagnostic that says what to do.</summary>
internal static class SyntaxProblem
{
    public static Diagnostic Describe(ManifestText source, YamlException problem)
    {
        var start = (int)Math.Clamp(problem.Start.Index, 0, source.Text.Length);
        var end = (int)Math.Clamp(problem.End.Index, start, source.Text.Length);
        if ((BareTemplate(source, start) ?? BareTemplate(source, end)) is { } bare)
        {
            return bare;
        }

        // The parser gives the start of the file where it means a tab further down.
        var tabsEnd = problem.Message.Contains("tab", StringComparison.Ordinal) ? source.Text.Length : end;
        if (Tab(source, start, tabsEnd) is { } tab)
        {
            return YamlDiagnostics.TabIndentation(new Place(source.Span(tab, tab + 1), ""));
        }

        return YamlDiagnostics.NotYaml(new Place(source.Span(start, end), ""), Plainer(problem.Message));
    }

    public static Diagnostic Unfinished(ManifestText source, int offset) =>
        BareTemplate(source, offset)
        ?? YamlDiagnostics.NotYaml(new Place(source.Span(offset, offset), ""), "a list or map that was opened with [ or { is not closed before the next key.");

    /// <returns>The first tab in the indentation of the lines that the parser complains of, or of the line after them.</returns>
    private static int? Tab(ManifestText source, int start, int end)
    {
        var line = source.LineAround(start).Start;
        var last = Math.Min(source.LineAround(end).End + 1, source.Text.Length);
        while (line <= last && line < source.Text.Length)
        {
            var lineEnd = source.LineAround(line).End;
            var indentation = source.Text.AsSpan(line, lineEnd - line);
            indentation = indentation[..^indentation.TrimStart().Length];
            if (indentation.IndexOf('\t') is >= 0 and var tab)
            {
                return line + tab;
            }

            line = lineEnd + Math.Max(1, BlockDecoder.BreakLength(source.Text, lineEnd));
        }

        return null;
    }

    /// <summary>A template outside quotes on the line of a problem: it is the problem then.</summary>
    private static Diagnostic? BareTemplate(ManifestText source, int offset)
    {
        var (lineStart, lineEnd) = source.LineAround(offset);
        var line = source.Text[lineStart..lineEnd];
        if (BareTemplates.Find(line) is not var (start, end))
        {
            return null;
        }

        return YamlDiagnostics.TemplateNeedsQuotes(new Place(source.Span(lineStart + start, lineStart + end), ""), line[start..end]);
    }

    private static string Plainer(string message) => message switch
    {
        "While scanning a plain scalar value, found invalid mapping." or "Mapping values are not allowed in this context." =>
            "a \":\" stands where none can. Indent the key like the ones around it, or put the value in quotes.",
        "While parsing a block mapping, did not find expected key." =>
            "a key is expected here. Check the indentation, and that each key is followed by \": \".",
        "While parsing a block collection, did not find expected '-' indicator." =>
            "the next \"- \" of a list is expected here. Check the indentation.",
        "While scanning a simple key, could not find expected ':'." =>
            "a \":\" is missing behind a key. Check this line and the one before.",
        "While scanning for the next token, found character that cannot start any token." =>
            "this character can't start a value. Put the value in quotes.",
        "While scanning a quoted scalar, found unexpected end of stream." =>
            "the quote that opens here is never closed.",
        "Did not find expected <document end>." =>
            "something stands behind the end of the document. Check the indentation of this line.",
        "While scanning a multi-line double-quoted scalar, found wrong indentation." =>
            "the quote that opens here is not closed on its line, and the next one is not indented. Close it, or indent what goes on.",
        "While parsing a node, did not find expected node content." =>
            "a value is expected here. Close the bracket or quote before it, or put the value in quotes.",
        "While parsing a flow mapping,  did not find expected ',' or '}'." or "While parsing a flow mapping, did not find expected ',' or '}'." =>
            "a \",\" or \"}\" is missing here.",
        "While parsing a flow sequence, did not find expected ',' or ']'." =>
            "a \",\" or \"]\" is missing here.",
        "Mapping keys are not allowed in this context." =>
            "a \"?\" or a key can't stand here. Put the value in quotes.",
        "Found incompatible YAML document." =>
            "the %YAML line names another version. Remove it.",
        "While scanning a version directive, did not find preceding <document end>." =>
            "a %YAML line stands only before a document. Remove it.",
        _ => message,
    };
}
