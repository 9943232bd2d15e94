using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Media;

/// <summary>Whether a file is fit to be a source at all, before the service's rules are asked.</summary>
public static class MediaCheck
{
    /// <param name="shown">The path as written in the flow; its extension is compared with the content.</param>
    /// <param name="declared">The flow's <c>duration</c>; null when it has none.</param>
    public static IReadOnlyList<Diagnostic> Video(MediaReading reading, Place? at, string shown, TimeSpan? declared = null) =>
        Check(reading, at, shown, declared, facts => facts.Video switch
        {
            null => MediaDiagnostics.NoVideoTrack(at, shown),
            { Width: <= 0 } or { Height: <= 0 } => MediaDiagnostics.NoPicture(at, shown, facts.Video.Width, facts.Video.Height),
            _ => null,
        });

    /// <inheritdoc cref="Video"/>
    public static IReadOnlyList<Diagnostic> Audio(MediaReading reading, Place? at, string shown, TimeSpan? declared = null) =>
        Check(reading, at, shown, declared, facts => facts.Audio is null ? MediaDiagnostics.NoAudioTrack(at, shown) : null);

    private static IReadOnlyList<Diagnostic> Check(
        MediaReading reading, Place? at, string shown, TimeSpan? declared, Func<MediaFacts, Diagnostic?> track)
    {
        if (reading is MediaReading.Unreadable unreadable)
        {
            return [MediaDiagnostics.UnreadableMedia(at, shown, unreadable.Reason)];
        }

        if (reading is not MediaReading.Read { Facts: var facts })
        {
            return [];
        }

        var found = new List<Diagnostic>();
        if (track(facts) is { } missing)
        {
            found.Add(missing);
        }

        if (!facts.Container.MayBeNamed(shown))
        {
            found.Add(MediaDiagnostics.ContainerNotItsName(at, shown, facts.Container));
        }

        // A person writes tenths of a second; less than that is rounding.
        if (declared is { } said && (said - facts.Duration).Duration() >= TimeSpan.FromMilliseconds(100))
        {
            found.Add(MediaDiagnostics.DeclaredDurationDiffers(at, shown, said, facts.Duration));
        }

        return found;
    }
}
