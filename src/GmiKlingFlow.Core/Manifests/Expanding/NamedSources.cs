using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>The flow's videos and audio by name. One that has a diagnostic is there as null: using it is no second mistake.</summary>
internal sealed class NamedSources(IReadOnlyDictionary<string, Video?> videos, IReadOnlyDictionary<string, AudioTrack?> audio)
{
    public Video? Video(string name, Place place, DiagnosticBag diagnostics)
    {
        if (!videos.TryGetValue(name, out var video))
        {
            diagnostics.Add(MeaningDiagnostics.UnknownVideo(place, name, NearestName.Of(name, videos.Keys)));
        }

        return video;
    }

    public AudioTrack? Audio(string name, Place place, DiagnosticBag diagnostics)
    {
        if (!audio.TryGetValue(name, out var track))
        {
            diagnostics.Add(MeaningDiagnostics.UnknownAudio(place, name, NearestName.Of(name, audio.Keys)));
        }

        return track;
    }
}
