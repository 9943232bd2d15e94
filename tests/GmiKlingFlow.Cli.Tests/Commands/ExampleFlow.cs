using GmiKlingFlow.Testing;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>A copy of an example that a test may change.</summary>
internal static class ExampleFlow
{
    /// <returns>The path of its flow below the folder, such as <c>quickstart/flow.yaml</c>.</returns>
    public static string CopyTo(TemporaryFolder folder, string example)
    {
        var source = RepositoryFolder.Combine("examples", example);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            var parts = relative.Split(Path.DirectorySeparatorChar);
            if (parts[0] is "out" or ".gkflow")
            {
                continue;
            }

            var target = folder.File(Path.Combine(example, relative));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? folder.Path);
            File.Copy(file, target);
        }

        return $"{example}/flow.yaml";
    }
}
