using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Linting;

/// <summary>Videos and audio that no job uses. An included file may be a library: what it holds is not told.</summary>
internal static class UnusedSources
{
    public static void Check(Flow flow, DiagnosticBag diagnostics)
    {
        // What a job that is left out or broken would use is not known.
        if (flow.Unbuilt.Count > 0 || flow.Jobs.Any(static job => job.SkippedBecause is not null))
        {
            return;
        }

        var (videos, tracks) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<AudioTrack>(ReferenceEqualityComparer.Instance));
        foreach (var job in flow.Jobs)
        {
            videos.Add(job.Video.Name);
            foreach (var entry in job.Entries)
            {
                if (entry.Sound.Value is Sound.Track track)
                {
                    tracks.Add(track.Audio);
                }
            }
        }

        foreach (var video in flow.Videos.Values.Where(video => IsOwn(video.Place, flow) && !videos.Contains(video.Name)))
        {
            diagnostics.Add(LintDiagnostics.UnusedVideo(video.Place, video.Name));
        }

        foreach (var track in flow.Audio.Values.Where(track => IsOwn(track.Place, flow) && !tracks.Contains(track)))
        {
            diagnostics.Add(LintDiagnostics.UnusedAudio(track.Place, track.Name));
        }
    }

    private static bool IsOwn(Place place, Flow flow) => place.Span.File == flow.File;
}
