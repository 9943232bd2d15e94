using System.Globalization;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Simulator.Kling;

namespace GmiKlingFlow.Simulator.Rendering;

/// <summary>ffmpeg's arguments that put each clip into a video at its time and volume. The picture is taken over as it is: lips don't move.</summary>
internal static class MixArguments
{
    public static IReadOnlyList<string> For(SyncTask task, MediaFacts video, string output, bool encodePicture)
    {
        var arguments = new List<string> { "-i", task.Session.Media.File };
        foreach (var entry in task.Entries)
        {
            arguments.AddRange(["-i", entry.Audio.File]);
        }

        arguments.AddRange(["-filter_complex", Filter(task, video), "-map", "0:v:0", "-map", "[out]"]);
        arguments.AddRange(encodePicture ? ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"] : ["-c:v", "copy"]);
        arguments.AddRange(["-c:a", "aac", "-b:a", "128k", "-t", Seconds(video.Duration)]);
        arguments.AddRange(["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-f", "mp4", output]);
        return arguments;
    }

    private static string Filter(SyncTask task, MediaFacts video)
    {
        var (chains, labels) = (new List<string>(), new List<string>());
        if (video.Audio is not null)
        {
            // The original has one volume, entries may name several: the lowest counts, so that a dub is heard. Kling's own way is not public.
            chains.Add($"[0:a:0]volume={Number(task.Entries.Min(entry => entry.OriginalVolume))}[original]");
            labels.Add("[original]");
        }

        foreach (var (index, entry) in task.Entries.Index())
        {
            var n = (index + 1).ToString(CultureInfo.InvariantCulture);
            var delay = ((long)entry.Insert.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            chains.Add($"[{n}:a:0]atrim=start={Seconds(entry.Start)}:end={Seconds(entry.End)},asetpts=PTS-STARTPTS,volume={Number(entry.Volume)},adelay={delay}:all=1[clip{n}]");
            labels.Add($"[clip{n}]");
        }

        var mix = labels.Count == 1 ? "anull" : $"amix=inputs={labels.Count.ToString(CultureInfo.InvariantCulture)}:duration=longest:normalize=0";
        chains.Add($"{string.Concat(labels)}{mix},apad[out]");
        return string.Join(';', chains);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
