using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>A named audio source of a flow.</summary>
/// <param name="Duration">From the file, else as declared in the flow, else null.</param>
public sealed record AudioTrack(string Name, MediaSource Source, TimeSpan? Duration, Place Place)
{
    /// <summary>True where a diagnostic keeps it from being used: what of it is unknown has been told.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Where the source is written: what is wrong with the file or URL is told there.</summary>
    public Place SourcePlace { get; init; } = Place;
}
