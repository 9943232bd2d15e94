using System.Text.RegularExpressions;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>regex.*</c>, as in Scriban, without look-around and back-references: time grows with the text, never with the pattern's cunning.</summary>
internal static class RegexFunctions
{
    private const int LongestPattern = 200;
    private const int LongestText = 10_000;

    private static readonly Parameter Input = Parameter.Text("text");
    private static readonly Parameter Pattern = Parameter.Text("pattern");
    private static readonly Parameter Options = Parameter.Text("options").OrNull();

    public static readonly Function[] All =
    [
        new("regex", "escape", a => a.Make(Regex.Escape(a.Text(0))), Parameter.Text("pattern")),
        new("regex", "match", a => With(a, 1, 2, regex => Groups(a, regex.Match(a.Text(0)))), Input, Pattern, Options),
        new("regex", "matches", a => With(a, 1, 2, regex => Matches(a, regex)), Input, Pattern, Options),
        new("regex", "replace", a => With(a, 1, 3, regex => Replace(a, regex)), Input, Pattern, Parameter.Text("replace"), Options),
        new("regex", "split", a => With(a, 1, 2, regex => Texts(a, regex.Split(a.Text(0)))), Input, Pattern, Options),
        new("regex", "unescape", Unescape, Parameter.Text("pattern")),
    ];

    private static TemplateValue? With(Arguments a, int pattern, int options, Func<Regex, TemplateValue?> use)
    {
        var flags = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        foreach (var letter in a.Text(options))
        {
            if (Flag(letter) is not { } flag)
            {
                return a.Unfit(options, "the letters i, m, s and x");
            }

            flags |= flag;
        }

        if (a.Text(pattern).Length > LongestPattern)
        {
            return a.Unfit(pattern, $"a pattern of at most {LongestPattern} characters");
        }

        if (a.Text(0).Length > LongestText)
        {
            return a.Unfit(0, $"a text of at most {LongestText} characters");
        }

        // Finding every match may look at the text once per match.
        if (!a.Spend(1 + a.Text(0).Length / 10))
        {
            return null;
        }

        try
        {
            return use(new Regex(a.Text(pattern), flags));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return a.Unfit(pattern, "a regular expression without look-around and back-references");
        }
    }

    private static RegexOptions? Flag(char letter) => letter switch
    {
        'i' => RegexOptions.IgnoreCase,
        'm' => RegexOptions.Multiline,
        's' => RegexOptions.Singleline,
        'x' => RegexOptions.IgnorePatternWhitespace,
        _ => null,
    };

    private static TemplateValue? Groups(Arguments a, Match match) =>
        match.Success ? Texts(a, [.. match.Groups.Cast<Group>().Select(g => g.Value)]) : a.Make([]);

    private static TemplateValue? Matches(Arguments a, Regex regex)
    {
        var matches = new List<TemplateValue>();
        for (var match = regex.Match(a.Text(0)); match.Success; match = match.NextMatch())
        {
            if (!a.Spend(1) || Groups(a, match) is not { } groups)
            {
                return null;
            }

            matches.Add(groups);
        }

        return a.Make(matches);
    }

    private static TemplateValue? Replace(Arguments a, Regex regex)
    {
        var length = (long)a.Text(0).Length;
        for (var match = regex.Match(a.Text(0)); match.Success; match = match.NextMatch())
        {
            // Each $ of the replacement may stand for as much as the whole text.
            length += match.Result(a.Text(2)).Length - match.Length;
            if (!a.MayAppend(length, 1))
            {
                return null;
            }
        }

        return a.MayMakeText(length) ? new TemplateValue.Text(regex.Replace(a.Text(0), a.Text(2))) : null;
    }

    private static TemplateValue? Texts(Arguments a, string[] texts) =>
        texts.Sum(t => (long)t.Length) is var length && a.MayMakeText(length) && a.MayMakeList(texts.Length)
            ? new TemplateValue.List([.. texts.Select(TemplateValue (t) => new TemplateValue.Text(t))])
            : null;

    private static TemplateValue? Unescape(Arguments a)
    {
        try
        {
            return a.Make(Regex.Unescape(a.Text(0)));
        }
        catch (ArgumentException)
        {
            return a.Unfit(0, "an escaped pattern");
        }
    }
}
