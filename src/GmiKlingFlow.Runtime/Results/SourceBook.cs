using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Choosing;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>The videos and tracks of a plan's jobs under the flow's names, as results tell them. Faces come in as the run goes.</summary>
internal sealed class SourceBook
{
    private readonly OrderedDictionary<string, VideoResult> videos = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, AudioResult> audio = new(StringComparer.Ordinal);

    public SourceBook(Plan plan, RunInputs inputs)
    {
        foreach (var planned in plan.Jobs.Where(static job => job.Action != JobAction.Skip))
        {
            var video = planned.Job.Video;
            videos.TryAdd(video.Name, new VideoResult(video.Name, inputs.NameOf(video.Source), Milliseconds(video.Duration), null));
            if (WantsFaces(video.Name) && (planned.LockedFaces ?? planned.Session?.Faces) is { } known)
            {
                Put(video.Name, known);
            }

            foreach (var entry in planned.Job.Entries)
            {
                if (entry.Sound.Value is Sound.Track { Audio: var track } && NameOf(track) is var name)
                {
                    audio.TryAdd(name, new AudioResult(name, inputs.NameOf(track.Source), Milliseconds(track.Duration)));
                }
            }
        }
    }

    public IReadOnlyList<VideoResult> Videos => [.. videos.Values];

    public IReadOnlyList<AudioResult> Audio => [.. audio.Values];

    public static EntryResult Entry(FaceEntry entry) => new(entry.Face.Name, entry.Sound.Value is Sound.Track { Audio: var track } ? NameOf(track) : null);

    public bool WantsFaces(string video) => videos.TryGetValue(video, out var known) && known.Faces is null;

    public void Put(string video, IReadOnlyList<Face> faces)
    {
        if (videos.TryGetValue(video, out var known))
        {
            videos[video] = known with { Faces = [.. faces.Select(static face => new FaceResult(face.Id, Milliseconds(face.Visible.Start), Milliseconds(face.Visible.End)))] };
        }
    }

    // A track that is named by its URL may be named by a signed one.
    private static string NameOf(AudioTrack track) => SentJson.WithoutQuery(track.Name);

    private static long? Milliseconds(TimeSpan? time) => time is { } known ? Milliseconds(known) : null;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
