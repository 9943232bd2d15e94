using GmiKlingFlow.Testing;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>A private copy of <c>examples</c>, without what earlier runs left in it.</summary>
internal sealed class ExampleFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <param name="below">A folder name to put the copy below, such as one with spaces.</param>
    public ExampleFolder(string below = "work")
    {
        Path = folder.File(below);
        Copy(RepositoryFolder.Combine("examples"), System.IO.Path.Combine(Path, "examples"));
    }

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetFiles(RepositoryFolder.Combine("examples"), "flow.yaml", SearchOption.AllDirectories).Select(f => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(f) ?? "")).Order(StringComparer.Ordinal),
    ];

    /// <summary>The folder that holds <c>examples</c>.</summary>
    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => folder.Dispose();

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            System.IO.File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)));
        }

        foreach (var child in Directory.GetDirectories(from).Where(c => System.IO.Path.GetFileName(c) is not ("out" or ".gkflow")))
        {
            Copy(child, System.IO.Path.Combine(to, System.IO.Path.GetFileName(child)));
        }
    }
}
