using System.Diagnostics.CodeAnalysis;

namespace GmiKlingFlow.Simulator.Faults;

/// <summary>One thing that goes wrong on purpose, written as <c>METHOD PATH [MODEL]: KIND [every N | first N | at N,N | P%]</c>.
/// <para>METHOD is an HTTP method or <c>*</c>. PATH is below the queue's base (<c>/requests</c>, <c>/requests/*</c>, <c>/models</c>, <c>/upload-url</c>)
/// or <c>/storage/*</c>, <c>/media/*</c>; a last <c>*</c> stands for any rest, any other <c>*</c> or <c>{name}</c> for one segment. MODEL limits a rule on <c>POST /requests</c>.</para>
/// <para>KIND is a word of <see cref="FaultKind"/>; with <c>-accepted</c> after it (as in <c>504-accepted</c>) the work is done and only the answer is lost.</para></summary>
/// <param name="Method">Upper case; <c>*</c> for any.</param>
/// <param name="Accepted">True: the request is carried out first, then its answer replaced.</param>
/// <param name="Delay">How late a slow answer is; the seconds of a Retry-After; null when not given.</param>
public sealed record FaultRule(
    string Method,
    string Path,
    string? Model,
    FaultKind Kind,
    bool Accepted,
    TimeSpan? Delay,
    FaultSchedule Schedule)
{
    /// <summary>Reads a rule.</summary>
    /// <param name="error">What is wrong and what to write instead; null when the rule is good.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FaultRule? rule, [NotNullWhen(false)] out string? error)
    {
        rule = FaultRuleParser.Parse(text, out error) is { } parsed ? parsed with { Text = text.Trim() } : null;
        return rule is not null;
    }

    /// <summary>The rule as written.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the rule looks at this call at all.</summary>
    public bool Matches(string method, string path, string? model) =>
        (Method == "*" || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (Model is null || string.Equals(Model, model, StringComparison.Ordinal))
        && PathMatches(Path.Split('/', StringSplitOptions.RemoveEmptyEntries), path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    public override string ToString() => Text;

    private static bool PathMatches(string[] pattern, string[] path)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "*" && i == pattern.Length - 1)
            {
                return path.Length > i;
            }

            var anySegment = pattern[i] == "*" || (pattern[i].StartsWith('{') && pattern[i].EndsWith('}'));
            if (i >= path.Length || !(anySegment || string.Equals(pattern[i], path[i], StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return pattern.Length == path.Length;
    }
}
