using System.Security.Cryptography;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Subtitles;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Subtitle files from the disk, each read once however many jobs use it. They lie where sources may lie (product 3).</summary>
internal sealed class SubtitleFiles(IFlowFiles files, SourceResolver sources, ManifestFiles manifests, ValueReader values)
{
    private readonly Dictionary<string, SubtitleFile?> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FlowInput> inputs = new(StringComparer.Ordinal);

    /// <returns>Null when a diagnostic was added.</returns>
    public (SubtitleFile File, SubtitleSource Source)? Read(string written, Templated origin)
    {
        if (sources.RealFile(written, origin.Source, origin.Place, "segments_from") is not { } path)
        {
            return null;
        }

        var shown = manifests.Shown(path);
        if (!known.TryGetValue(path, out var file))
        {
            known.Add(path, file = ReadFresh(path, shown, written, origin.Place));
        }

        return file is null ? null : (file, new SubtitleSource(written, shown, path, origin.Place) { Input = inputs.GetValueOrDefault(path) });
    }

    private SubtitleFile? ReadFresh(string path, string shown, string written, Place place)
    {
        switch (files.ReadBytes(path, SubtitleReader.LargestFile))
        {
            case BytesReading.Read read:
                var problems = new DiagnosticBag();
                var file = SubtitleReader.Read(shown, place.Path, read.Bytes.Span, problems);
                values.Diagnostics.AddRange(SegmentExpander.Related(problems, place));
                if (files.Hashes)
                {
                    inputs[path] = new FlowInput(FlowInputKind.Subtitles, path, Convert.ToHexStringLower(SHA256.HashData(read.Bytes.Span)), read.Bytes.Length);
                }

                return file;
            case BytesReading.TooLarge large:
                values.Diagnostics.Add(SubtitleDiagnostics.TooLarge(place, written, large.Bytes, SubtitleReader.LargestFile));
                return null;
            case BytesReading.Unreadable unreadable:
                values.Diagnostics.Add(MeaningDiagnostics.SourceUnreadable(place, written, unreadable.Reason));
                return null;
            case BytesReading.Directory:
                values.Diagnostics.Add(MeaningDiagnostics.SourceIsFolder(place, written));
                return null;
            default:
                values.Diagnostics.Add(MeaningDiagnostics.SourceMissing(place, written, null));
                return null;
        }
    }
}
