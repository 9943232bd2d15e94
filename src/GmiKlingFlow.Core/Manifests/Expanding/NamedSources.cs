using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>The flow's videos and audio by name. One that has a diagnostic is there as incomplete: using it is no second mistake.</summary>
internal sealed class NamedSources(IReadOnlyDictionary<string, Video> videos, IReadOnlyDictionary<string, AudioTrack> audio)
{
    private readonly NearestNames videoNames = new([.. videos.Keys]);
    private readonly NearestNames audioNames = new([.. audio.Keys]);

    /// <summary>False where a mistake hides some of the videos: then no name is unknown.</summary>
    public bool VideosAreKnown { get; init; } = true;

    /// <summary>False where a mistake hides some of the audio.</summary>
    public bool AudioIsKnown { get; init; } = true;

    /// <returns>An incomplete one, of which nothing is known, where a diagnostic tells why.</returns>
    public Video Video(string name, Place place, DiagnosticBag diagnostics)
    {
        if (videos.TryGetValue(name, out var video))
        {
            return video;
        }

        if (VideosAreKnown)
        {
            diagnostics.Add(MeaningDiagnostics.UnknownVideo(place, name, videoNames.Of(name)));
        }

        return LostVideo(name, place);
    }

    /// <returns>An incomplete one, of which nothing is known, where a diagnostic tells why.</returns>
    public AudioTrack Audio(string name, Place place, DiagnosticBag diagnostics)
    {
        if (audio.TryGetValue(name, out var track))
        {
            return track;
        }

        if (AudioIsKnown)
        {
            diagnostics.Add(MeaningDiagnostics.UnknownAudio(place, name, audioNames.Of(name)));
        }

        return LostAudio(name, place);
    }

    public static Video LostVideo(string name, Place place) =>
        new(name, MediaSource.Lost, null, new Dictionary<string, FaceName>(), place) { IsIncomplete = true, FacesAreKnown = false };

    public static AudioTrack LostAudio(string name, Place place) => new(name, MediaSource.Lost, null, place) { IsIncomplete = true };
}
