using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Runtime.Previews;

/// <summary>The files that are laid over a video.</summary>
/// <param name="Speaking">One for each lane.</param>
internal sealed record PreviewFiles(string Head, string Feet, IReadOnlyList<string> Speaking, string Hand);

/// <summary>ffmpeg's arguments for one animatic. Files are named by <c>file:</c>, and nothing but files is opened: a name can be no option, and a video no list of other addresses.</summary>
internal static class PreviewArguments
{
    private static readonly string[] FilesOnly = ["-protocol_whitelist", "file"];

    /// <param name="encoder">For the picture: <c>libx264</c>, or what every build has.</param>
    public static IReadOnlyList<string> For(PreviewTask task, PreviewLayout layout, PreviewFiles files, string draft, string encoder)
    {
        var sounds = task.SoundFiles.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var arguments = new List<string>();
        foreach (var file in (string[])[task.Video, .. sounds])
        {
            arguments.AddRange([.. FilesOnly, "-i", $"file:{file}"]);
        }

        foreach (var picture in (string[])[files.Head, files.Feet, .. files.Speaking, files.Hand])
        {
            arguments.AddRange([.. FilesOnly, "-f", "png_pipe", "-i", $"file:{picture}"]);
        }

        var filter = new StringBuilder();
        Picture(filter, layout, firstPicture: 1 + sounds.Count);
        Sound(filter, task, sounds);
        arguments.AddRange(["-filter_complex", filter.ToString(), "-map", "[picture]", "-map", "[sound]"]);
        arguments.AddRange(encoder == "libx264" ? ["-c:v", encoder, "-preset", "veryfast", "-crf", "28"] : ["-c:v", encoder, "-q:v", "5"]);
        arguments.AddRange(["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k", "-t", Seconds(task.Duration), "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", $"file:{draft}"]);
        return arguments;
    }

    private static void Picture(StringBuilder filter, PreviewLayout layout, int firstPicture)
    {
        // Whatever the file says of its size, shape and rotation: it stands in its place, whole.
        filter.Append(CultureInfo.InvariantCulture, $"[0:v:0]scale=iw*sar:ih,setsar=1,scale={layout.PictureWidth}:{layout.PictureHeight}:force_original_aspect_ratio=decrease,")
            .Append(CultureInfo.InvariantCulture, $"pad={layout.Width}:{layout.Height}:(ow-iw)/2:{PreviewLayout.HeadHeight}+({layout.PictureHeight}-ih)/2:color=0x16181d[v0];");
        var laid = 0;
        Lay("0", "0", null);
        Lay("0", Number(layout.FeetTop), null);
        foreach (var (index, lane) in layout.Lanes.Index())
        {
            Lay("0", Number(layout.FeetTop + (index * PreviewLayout.LaneHeight)), string.Join('+', lane.Says.Select(During)));
        }

        Lay(string.Create(CultureInfo.InvariantCulture, $"'(W-w)*min(t/{Seconds(layout.Duration)},1)'"), Number(layout.FeetTop), null);
        filter.Append(CultureInfo.InvariantCulture, $"[v{laid}]format=yuv420p[picture];");

        void Lay(string x, string y, string? when)
        {
            filter.Append(CultureInfo.InvariantCulture, $"[v{laid}][{firstPicture + laid}:v]overlay=x={x}:y={y}{(when is null ? "" : $":enable='{when}'")}[v{laid + 1}];");
            laid++;
        }
    }

    private static void Sound(StringBuilder filter, PreviewTask task, List<string> sounds)
    {
        var labels = new List<string>();
        if (task.HasSound)
        {
            filter.Append(CultureInfo.InvariantCulture, $"[0:a:0]volume={Number(task.Soundtrack.OriginalGain)}[original];");
            labels.Add("[original]");
        }

        foreach (var (number, file) in sounds.Index())
        {
            var clips = task.Soundtrack.Clips.Index().Where(clip => task.SoundFiles[clip.Index] == file).ToList();
            filter.Append(CultureInfo.InvariantCulture, $"[{number + 1}:a:0]asplit={clips.Count}{string.Concat(clips.Select(clip => $"[cut{Number(clip.Index)}]"))};");
            foreach (var (index, clip) in clips)
            {
                filter.Append(CultureInfo.InvariantCulture, $"[cut{index}]atrim=start={Seconds(clip.Cut.Start)}:end={Seconds(clip.Cut.End)},asetpts=PTS-STARTPTS,")
                    .Append(CultureInfo.InvariantCulture, $"volume={Number(clip.Gain)},adelay={(long)clip.Insert.TotalMilliseconds}:all=1[clip{index}];");
                labels.Add($"[clip{Number(index)}]");
            }
        }

        filter.Append(labels.Count switch
        {
            0 => "anullsrc=channel_layout=stereo:sample_rate=48000",
            1 => $"{labels[0]}anull",
            _ => string.Create(CultureInfo.InvariantCulture, $"{string.Concat(labels)}amix=inputs={labels.Count}:duration=longest:normalize=0"),
        }).Append(",apad[sound]");
    }

    private static string During(TimeRange range) => $"gte(t,{Seconds(range.Start)})*lt(t,{Seconds(range.End)})";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
