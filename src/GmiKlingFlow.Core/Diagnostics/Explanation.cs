using System.Reflection;

namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>The pages that explain each diagnostic and failure, kept beside the code as <c>Explanations/GKFnnnn.md</c>.</summary>
public static class Explanation
{
    private const string Prefix = "explanations/";

    /// <summary>All codes that have a page, in order.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <returns>The page's Markdown, or null where there is none.</returns>
    public static string? Of(string code)
    {
        using var page = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{code}.md");
        return page is null ? null : new StreamReader(page).ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <returns>The page's title without the code; empty where there is no page.</returns>
    public static string TitleOf(string code)
    {
        var first = Of(code)?.Split('\n', 2)[0] ?? "";
        var colon = first.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? first.TrimStart('#', ' ') : first[(colon + 2)..].Trim();
    }
}
