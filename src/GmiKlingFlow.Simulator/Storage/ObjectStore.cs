namespace GmiKlingFlow.Simulator.Storage;

/// <summary>The bucket behind uploads and results: files below one folder, each there only when it is whole.</summary>
internal sealed class ObjectStore : IDisposable
{
    private readonly bool isTemporary;
    private readonly string incoming;

    /// <param name="folder">Null: a temporary folder, deleted in the end.</param>
    public ObjectStore(string? folder)
    {
        isTemporary = folder is null;
        Root = folder is null ? Directory.CreateTempSubdirectory("gkflow-simulator-").FullName : Path.GetFullPath(folder);
        Objects = Path.Combine(Root, "objects");
        incoming = Path.Combine(Root, $"incoming-{Guid.NewGuid():n}");
        Directory.CreateDirectory(Objects);
        Directory.CreateDirectory(incoming);
    }

    public string Root { get; }

    public string Objects { get; }

    /// <returns>A path for a file that is still being made; <see cref="Keep"/> puts it into its place.</returns>
    public string Draft(string extension) => Path.Combine(incoming, $"{Guid.NewGuid():n}{extension}");

    /// <returns>The object's file, or null when there is none of this name.</returns>
    public string? Find(string name) => ServedFolder.Find(Objects, name);

    /// <summary>Puts a finished draft into its place; an object that is there already is replaced.</summary>
    /// <returns>The object's file.</returns>
    public string Keep(string draft, string name)
    {
        var file = Path.Combine(Objects, name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? Objects);
        File.Move(draft, file, overwrite: true);
        return file;
    }

    /// <summary>Removes what was never finished, and all of a temporary folder.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(isTemporary ? Root : incoming, recursive: true);
        }
        catch (IOException)
        {
            // Someone still reads a file; the system's own clean-up of its temporary folder takes it.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
