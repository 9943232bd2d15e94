using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Runtime.Previews;

/// <summary>One face and all that it says.</summary>
/// <param name="IsKnown">False: when the face is seen is not known yet.</param>
internal sealed record PreviewLane(string Face, bool IsKnown, IReadOnlyList<TimeRange> Visible, IReadOnlyList<TimeRange> Says);

/// <summary>Where everything stands in an animatic: a line above the picture, a lane for each face below it. In pixels, all even.</summary>
internal sealed class PreviewLayout
{
    public const int HeadHeight = 2 * Raster.LineHeight + 8;

    public const int LaneHeight = Raster.LineHeight + 16;

    public const int FootHeight = Raster.LineHeight + 6;

    // Enough to judge timing by; encoding takes seconds, not minutes.
    private const int LongestSide = 960;
    private const int NarrowestCanvas = 480;
    private const int MostLanes = 12;

    public PreviewLayout(PreviewTask task)
    {
        Duration = task.Duration;
        var scale = Math.Min(1, (double)LongestSide / Math.Max(1, Math.Max(task.Width, task.Height)));
        (PictureWidth, PictureHeight) = (Even(task.Width * scale), Even(task.Height * scale));
        Width = Math.Max(NarrowestCanvas, PictureWidth);
        Lanes = [.. task.Soundtrack.Clips.GroupBy(static clip => clip.Face, StringComparer.Ordinal).Take(MostLanes).Select(Lane)];
    }

    public TimeSpan Duration { get; }

    public int Width { get; }

    public int PictureWidth { get; }

    public int PictureHeight { get; }

    public IReadOnlyList<PreviewLane> Lanes { get; }

    public int FeetTop => HeadHeight + PictureHeight;

    public int Height => FeetTop + (Lanes.Count * LaneHeight) + FootHeight;

    /// <summary>Where a moment stands on the lanes.</summary>
    public int X(TimeSpan moment) => (int)Math.Round(Math.Clamp(moment / Duration, 0, 1) * Width);

    private static PreviewLane Lane(IGrouping<string, HeardClip> clips) => new(
        clips.Key,
        clips.All(static clip => clip.Visible is not null),
        [.. clips.Select(static clip => clip.Visible).OfType<TimeRange>().Distinct()],
        [.. clips.Select(static clip => clip.Heard)]);

    private static int Even(double length) => Math.Max(2, (int)(length / 2) * 2);
}
