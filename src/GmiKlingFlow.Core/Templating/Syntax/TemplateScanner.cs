using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>Cuts a template into texts, <c>{{ }}</c> blocks and <c>{%{ }%}</c> escapes, and strips white space where <c>-</c> or <c>~</c> ask for it.</summary>
internal sealed class TemplateScanner(string text, Func<int, int, Place> placeOf, DiagnosticBag diagnostics)
{
    private readonly List<TemplatePart> parts = [];
    private readonly StringBuilder pending = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int position;
    private bool isBroken;

    /// <summary>There is at least one <c>{{ }}</c> or an escape.</summary>
    public bool HasBlocks { get; private set; }

    public IReadOnlyCollection<string> Names => names;

    public static bool MayHoldBlocks(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    /// <returns>Null, with diagnostics of all broken blocks, when one is broken.</returns>
    public List<TemplatePart>? Scan()
    {
        while (position < text.Length)
        {
            if (At("{{"))
            {
                if (!ReadBlock())
                {
                    return null;
                }
            }
            else if (EscapeLength() is var percents and > 0)
            {
                if (!ReadEscape(percents))
                {
                    return null;
                }
            }
            else
            {
                pending.Append(text[position++]);
            }
        }

        Flush();
        return isBroken ? null : parts;
    }

    private bool ReadBlock()
    {
        HasBlocks = true;
        var start = position;
        position += 2;
        StripBefore(StripAt(position));
        position += StripAt(position) == ' ' ? 0 : 1;
        var lexer = new Lexer(text, position, placeOf, diagnostics, start);
        if (lexer.Read() is not { } tokens)
        {
            return false;
        }

        Flush();
        var isComment = tokens.Count == 1 && text.AsSpan(position, lexer.End - position).Contains('#');
        if (!isComment)
        {
            var parser = new Parser(tokens, placeOf, diagnostics);
            if (parser.Parse() is { } expression)
            {
                parts.Add(new TemplatePart("", expression));
                names.UnionWith(parser.Names);
            }
            else
            {
                isBroken = true;
            }
        }

        position = lexer.End;
        StripAfter(lexer.Strip);
        return true;
    }

    // {%{ ... }%}, {%%{ ... }%%}: as many % as it needs.
    private int EscapeLength()
    {
        if (text[position] != '{')
        {
            return 0;
        }

        var end = position + 1;
        while (end < text.Length && text[end] == '%')
        {
            end++;
        }

        return end > position + 1 && end < text.Length && text[end] == '{' ? end - position - 1 : 0;
    }

    private bool ReadEscape(int percents)
    {
        HasBlocks = true;
        var opening = position;
        var closing = $"}}{new string('%', percents)}}}";
        position += percents + 2;
        StripBefore(StripAt(position));
        position += StripAt(position) == ' ' ? 0 : 1;
        var end = text.IndexOf(closing, position, StringComparison.Ordinal);
        if (end < 0)
        {
            diagnostics.Add(TemplateDiagnostics.NotClosed(placeOf(opening, percents + 2)));
            return false;
        }

        var strip = end > position && text[end - 1] is '-' or '~' ? text[end - 1] : ' ';
        pending.Append(text, position, end - position - (strip == ' ' ? 0 : 1));
        position = end + closing.Length;
        StripAfter(strip);
        return true;
    }

    private char StripAt(int at) => at < text.Length && text[at] is '-' or '~' ? text[at] : ' ';

    // - takes all white space; ~ stops at the start of the line.
    private void StripBefore(char strip)
    {
        while (strip != ' ' && pending.Length > 0 && char.IsWhiteSpace(pending[^1]) && (strip == '-' || pending[^1] != '\n'))
        {
            pending.Length--;
        }
    }

    // - takes all white space; ~ stops behind the first end of a line.
    private void StripAfter(char strip)
    {
        while (strip != ' ' && position < text.Length && char.IsWhiteSpace(text[position]))
        {
            if (text[position++] == '\n' && strip == '~')
            {
                return;
            }
        }
    }

    private void Flush()
    {
        if (pending.Length > 0)
        {
            parts.Add(new TemplatePart(pending.ToString(), null));
            pending.Clear();
        }
    }

    private bool At(string symbol) => string.CompareOrdinal(text, position, symbol, 0, symbol.Length) == 0;
}
