using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>YAML files from the disk, each read once.</summary>
internal sealed class ManifestFiles(IFlowFiles files, string workingDirectory, DiagnosticBag diagnostics)
{
    /// <summary>A flow of 100,000 jobs written out one by one is about this long.</summary>
    public const long LargestFile = 16 * 1024 * 1024;

    private readonly Dictionary<string, IReadOnlyList<ManifestDocument>?> known = new(StringComparer.Ordinal);
    private readonly List<ManifestText> texts = [];

    /// <param name="path">Absolute.</param>
    /// <param name="askedFrom">Where the file is named; null for the command line.</param>
    /// <returns>Null when the file could not be read; a diagnostic was added then.</returns>
    public IReadOnlyList<ManifestDocument>? Read(string path, Place? askedFrom)
    {
        if (!known.TryGetValue(path, out var documents))
        {
            known.Add(path, documents = ReadFresh(path, askedFrom));
        }

        return documents;
    }

    /// <summary>Lets go of what was read; that it was read is kept.</summary>
    public void Forget() => known.Clear();

    /// <summary>Every file that was read so far, hashed; nothing where contents are not hashed.</summary>
    /// <param name="kind">By the absolute path.</param>
    public IReadOnlyList<FlowInput> Inputs(Func<string, FlowInputKind> kind) =>
        files.Hashes ? [.. texts.Select(text => new FlowInput(kind(text.FullPath), text.FullPath, text.Sha256(), text.Bytes.Length))] : [];

    /// <summary>Relative to the working directory where it lies below it; always with <c>/</c>.</summary>
    public string Shown(string path)
    {
        // Mostly a path needs no more than this; the framework's way costs a start a millisecond.
        var folder = Path.EndsInDirectorySeparator(workingDirectory) ? workingDirectory : $"{workingDirectory}/";
        if (OperatingSystem.IsLinux() && path.Length > folder.Length && path[^1] != '/' && path.StartsWith(folder, StringComparison.Ordinal)
            && path == Path.GetFullPath(path) && workingDirectory == Path.GetFullPath(workingDirectory))
        {
            return path[folder.Length..];
        }

        var relative = Path.GetRelativePath(workingDirectory, path);
        var shown = relative == ".." || relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? path : relative;
        return Path.DirectorySeparatorChar == '/' ? shown : shown.Replace(Path.DirectorySeparatorChar, '/');
    }

    private IReadOnlyList<ManifestDocument>? ReadFresh(string path, Place? askedFrom)
    {
        var shown = Shown(path);
        var at = askedFrom ?? new Place(SourceSpan.StartOf(shown), "");
        switch (files.ReadBytes(path, LargestFile))
        {
            case BytesReading.Missing:
                diagnostics.Add(YamlDiagnostics.FileMissing(at, shown));
                return null;
            case BytesReading.Directory:
                diagnostics.Add(YamlDiagnostics.FileIsDirectory(at, shown));
                return null;
            case BytesReading.TooLarge large:
                diagnostics.Add(YamlDiagnostics.FileTooLarge(at, shown, large.Bytes, LargestFile));
                return null;
            case BytesReading.Unreadable unreadable:
                diagnostics.Add(YamlDiagnostics.FileUnreadable(at, shown, unreadable.Reason));
                return null;
            case BytesReading.Read read:
                return Documents(shown, path, read.Bytes, isIncluded: askedFrom is not null);
            default:
                return null;
        }
    }

    private IReadOnlyList<ManifestDocument>? Documents(string shown, string path, ReadOnlyMemory<byte> bytes, bool isIncluded)
    {
        var before = diagnostics.Count;
        if (ManifestDecoder.Decode(shown, path, bytes, diagnostics) is not { } text)
        {
            return null;
        }

        texts.Add(text);
        var documents = ManifestReader.Read(text, diagnostics);
        if (documents.Count == 0 && diagnostics.Count == before)
        {
            diagnostics.Add(YamlDiagnostics.NothingInFile(new Place(SourceSpan.StartOf(shown), ""), shown, isIncluded));
        }

        return documents;
    }
}
