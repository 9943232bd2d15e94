using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;

namespace GmiKlingFlow.Core.Planning.Saving;

/// <summary>What a plan's JSON says in the flow's own words, for people who look at it: videos with who is seen when, tracks, and which face says which.</summary>
internal static class PlanSources
{
    public static void Write(Utf8JsonWriter json, Plan plan)
    {
        var folder = Path.GetDirectoryName(plan.Flow.FullPath) ?? "";
        var jobs = plan.Jobs.Where(static job => job.Action != JobAction.Skip).ToList();
        json.WriteStartArray("videos");
        foreach (var same in jobs.GroupBy(static job => job.Job.Video.Name, StringComparer.Ordinal))
        {
            var video = same.First().Job.Video;
            json.WriteStartObject();
            json.WriteString("name", video.Name);
            WriteSource(json, video.Source, video.Duration, folder);
            WriteFaces(json, same.Select(static job => job.LockedFaces ?? job.Session?.Faces).FirstOrDefault(static faces => faces is not null));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("audio");
        foreach (var track in jobs.SelectMany(static job => job.Job.Entries).Select(static entry => TrackOf(entry)).OfType<AudioTrack>().DistinctBy(NameOf))
        {
            json.WriteStartObject();
            json.WriteString("name", NameOf(track));
            WriteSource(json, track.Source, track.Duration, folder);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Which face says which track, in the order of the job's entries.</summary>
    public static void WriteEntries(Utf8JsonWriter json, Job job)
    {
        json.WriteStartArray("entries");
        foreach (var entry in job.Entries)
        {
            json.WriteStartObject();
            json.WriteString("face", entry.Face.Name);
            json.WriteString("audio", TrackOf(entry) is { } track ? NameOf(track) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static AudioTrack? TrackOf(FaceEntry entry) => entry.Sound.Value is Sound.Track { Audio: var track } ? track : null;

    // A track may be named by its URL, and that may be a signed one.
    private static string NameOf(AudioTrack track) => track.Source is MediaSource.RemoteUrl remote && track.Name == remote.Shown ? Address(remote) : track.Name;

    private static string Address(MediaSource.RemoteUrl remote) => remote.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static void WriteSource(Utf8JsonWriter json, MediaSource source, TimeSpan? duration, string folder)
    {
        json.WriteString("file", source is MediaSource.LocalFile local ? FromFlow(local, folder) : null);
        json.WriteString("url", source is MediaSource.RemoteUrl remote ? Address(remote) : null);
        json.WriteString("sha256", source is MediaSource.LocalFile hashed ? hashed.Sha256 : null);
        // What a URL holds is known only where it was looked at, and --online must not change a plan by itself.
        if (source is MediaSource.LocalFile && duration is { } length)
        {
            json.WriteNumber("duration_ms", Milliseconds.Of(length));
        }
        else
        {
            json.WriteNull("duration_ms");
        }
    }

    // Where the file lies as its links lead, so far as that is below the flow; else as it is written.
    private static string FromFlow(MediaSource.LocalFile file, string folder)
    {
        var relative = Path.GetRelativePath(folder, file.FullPath).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? file.Shown : relative;
    }

    private static void WriteFaces(Utf8JsonWriter json, IReadOnlyList<Face>? faces)
    {
        if (faces is null)
        {
            json.WriteNull("faces");
            return;
        }

        json.WriteStartArray("faces");
        // As index counts: the order of a lock's lines is no part of what it says.
        foreach (var face in faces.OrderBy(static face => face.Visible.Start).ThenBy(static face => face.Id, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("face_id", face.Id);
            json.WriteNumber("start_time", Milliseconds.Of(face.Visible.Start));
            json.WriteNumber("end_time", Milliseconds.Of(face.Visible.End));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
