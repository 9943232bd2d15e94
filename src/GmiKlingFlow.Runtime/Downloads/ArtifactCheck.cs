using System.Globalization;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>Whether a downloaded file is a result: MP4 structure, both tracks, duration (product 6).</summary>
internal static class ArtifactCheck
{
    // An output is a little shorter than its source: 6.97 s for 7 s (api-contract 8, trap 21).
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(0.5);

    /// <returns>A clause that tells what is wrong; null with the duration when nothing is.</returns>
    public static (string? Reason, TimeSpan Duration) Of(PartialFile part, TimeSpan? sourceDuration)
    {
        if (part.Length == 0)
        {
            return ("it is empty", TimeSpan.Zero);
        }

        if (Mp4Structure.Problem(part.Rewound()) is { } problem)
        {
            return (problem, TimeSpan.Zero);
        }

        return MediaReader.Read(part.Rewound()) switch
        {
            MediaReading.Unreadable unreadable => (unreadable.Reason, TimeSpan.Zero),
            MediaReading.Read { Facts: var facts } => (Wrong(facts, sourceDuration), facts.Duration),
            _ => ("it can't be read", TimeSpan.Zero),
        };
    }

    private static string? Wrong(MediaFacts facts, TimeSpan? sourceDuration) =>
        facts.Container is not (MediaContainer.Mp4 or MediaContainer.Mov) ? "it is no video"
            : facts.Video is null ? "it has no video track"
            : facts.Audio is null ? "it has no audio track"
            : sourceDuration is { } source && (facts.Duration - source).Duration() > Tolerance
                ? $"it lasts {Seconds(facts.Duration)} s, its source {Seconds(source)} s"
            : null;

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
