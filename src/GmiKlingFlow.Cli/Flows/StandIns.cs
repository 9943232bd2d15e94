using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Local copies in the place of media at URLs (<c>--stand-in NAME=FILE</c>): for previews alone, what is sent does not change.</summary>
internal sealed class StandIns(IReadOnlyList<string> given, Invocation invocation)
{
    private readonly DiskFlowFiles files = new(invocation.Context.Time, hashes: false);
    private readonly Dictionary<string, string> paths = given
        .Select(CommandLineValues.NameAndValue)
        .OfType<VarOverride>()
        .GroupBy(static pair => pair.Name, StringComparer.Ordinal)
        .ToDictionary(static pairs => pairs.Key, pairs => invocation.Context.FullPath(pairs.Last().Value), StringComparer.Ordinal);

    /// <summary>What is wrong with them.</summary>
    public IEnumerable<Diagnostic> Problems(IReadOnlyList<Flow> flows)
    {
        var names = flows.SelectMany(static flow => flow.Videos.Keys.Concat(flow.Audio.Keys)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (name, path) in paths)
        {
            var isVideo = flows.Any(flow => flow.Videos.ContainsKey(name));
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                yield return CommandLineDiagnostics.StandInUnknown(name, NearestName.Of(name, names));
            }
            else if (!File.Exists(path))
            {
                yield return CommandLineDiagnostics.StandInUnusable(name, invocation.Context.ShownPath(path), "there is no such file");
            }
            else if (Facts(path) is not { } facts || (isVideo ? facts.Video is null : facts.Audio is null))
            {
                yield return CommandLineDiagnostics.StandInUnusable(name, invocation.Context.ShownPath(path), isVideo ? "it is no video that can be read" : "it is no audio that can be read");
            }
        }
    }

    /// <returns>Null for a URL that nothing stands in for.</returns>
    public (string Path, MediaFacts? Facts)? Of(string name, MediaSource source) =>
        paths.TryGetValue(name, out var path) ? (path, Facts(path))
        : source is MediaSource.LocalFile local ? (local.FullPath, local.Media)
        : null;

    private MediaFacts? Facts(string path) => files.Describe(path) is ContentReading.Read { Media: MediaReading.Read { Facts: var facts } } ? facts : null;
}
