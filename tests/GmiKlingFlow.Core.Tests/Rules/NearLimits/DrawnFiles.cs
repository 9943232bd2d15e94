using System.Text;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Tests.Rules.NearLimits;

/// <summary>A drawn flow's files, in memory: the flow's text, and media that are nothing but their facts.</summary>
internal sealed class DrawnFiles(DrawnFlow flow) : IFlowFiles
{
    public BytesReading ReadBytes(string path, long limit) => new BytesReading.Read(Encoding.UTF8.GetBytes(flow.Yaml()));

    public PathReading Resolve(string path) => Path.HasExtension(path) ? new PathReading.File(path) : new PathReading.Directory(path);

    public ContentReading Describe(string realPath)
    {
        var name = Path.GetFileName(realPath);
        var source = flow.Audio.Append(flow.Video).First(s => !s.IsUrl && s.Written == name);
        var (whole, track) = (Time(source.Whole), Time(source.Track));
        var isVideo = source == flow.Video;
        var facts = new MediaFacts(
            Enum.Parse<MediaContainer>(source.Format, ignoreCase: true),
            source.Bytes,
            whole,
            isVideo && source.HasTrack ? new VideoTrackFacts("h264", source.Width, source.Height, track) : null,
            !isVideo && source.HasTrack ? new AudioTrackFacts("aac", 48000, 1, track) : null);
        return new ContentReading.Read($"sha-of-{name}", source.Bytes, new MediaReading.Read(facts));
    }

    private static TimeSpan Time(decimal? milliseconds) => new((long)((milliseconds ?? 0) * TimeSpan.TicksPerMillisecond));
}
