using System.Text.RegularExpressions;
using GmiKlingFlow.Testing;

namespace GmiKlingFlow.Cli.Tests.Architecture;

/// <summary>One C# file of the product, as text.</summary>
/// <param name="Name">Relative to <c>src</c>, with <c>/</c>.</param>
internal sealed partial record SourceFile(string Name, string Text)
{
    public static IReadOnlyList<SourceFile> All { get; } = Load();

    public string Project => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The folder below the project, with <c>.</c>; empty at its top.</summary>
    public string Room
    {
        get
        {
            var folder = Name[..Name.LastIndexOf('/')];
            return folder.Length == Project.Length ? "" : folder[(Project.Length + 1)..].Replace('/', '.');
        }
    }

    public string? Namespace => NamespaceLine().Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    public IEnumerable<string> Usings => UsingLine().Matches(Text).Select(m => m.Groups[1].Value);

    /// <summary>The text without comments and string literals' comment-like parts: good enough to look for names.</summary>
    public IEnumerable<(int Number, string Line)> CodeLines =>
        Text.Split('\n').Select((line, index) => (index + 1, line)).Where(l => !l.line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static List<SourceFile> Load()
    {
        var src = RepositoryFolder.Combine("src");
        var files = Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(src, path).Replace('\\', '/')))
            .Where(f => !f.Name.Contains("/obj/", StringComparison.Ordinal) && !f.Name.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => new SourceFile(f.Name, File.ReadAllText(f.Path)))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ToList();
        return files.Count > 50 ? files : throw new InvalidOperationException($"Only {files.Count} source files found below '{src}'.");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
