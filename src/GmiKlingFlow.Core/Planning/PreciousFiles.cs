using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning;

/// <summary>
/// What no output may be written over: the flow, its sources, and the record of what was paid for. With <c>--out .</c> they all lie in
/// the output folder.
/// </summary>
internal sealed class PreciousFiles
{
    private readonly string? outputFolder;

    // As for collisions of outputs: names that differ in case alone are one file on many disks.
    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);

    public PreciousFiles(Flow flow, OutputFolders? folders)
    {
        outputFolder = folders?.Output;
        if (folders is null)
        {
            return;
        }

        names[flow.FullPath] = "the flow itself";
        foreach (var video in flow.Videos.Values)
        {
            Add(video.Source, $"video \"{video.Name}\"");
        }

        foreach (var track in flow.Audio.Values)
        {
            Add(track.Source, $"audio \"{track.Name}\"");
        }

        foreach (var subtitles in flow.Jobs.Select(job => job.Subtitles).OfType<SubtitleSource>())
        {
            names.TryAdd(subtitles.FullPath, $"subtitles \"{subtitles.Shown}\"");
        }

        foreach (var file in StateFiles.Names)
        {
            names[Path.Join(folders.State, file)] = "the state, which knows what is paid for";
        }
    }

    /// <returns>Null where the job's output harms nothing.</returns>
    public Diagnostic? Harmed(Job job) =>
        outputFolder is not null && names.TryGetValue(Path.GetFullPath(job.Output, outputFolder), out var name)
            ? PlanDiagnostics.OutputOverPrecious(job.Place, job.Output, name)
            : null;

    private void Add(MediaSource source, string name)
    {
        if (source is MediaSource.LocalFile file)
        {
            names.TryAdd(file.FullPath, name);
        }
    }
}
