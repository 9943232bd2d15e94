using System.Runtime.CompilerServices;

namespace GmiKlingFlow.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class RepositoryFolder
{
    public static string Root { get; } = Find();

    public static string Combine(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find([CallerFilePath] string thisFile = "")
    {
        for (var folder = Path.GetDirectoryName(thisFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "GmiKlingFlow.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No GmiKlingFlow.sln above '{thisFile}'.");
    }
}
