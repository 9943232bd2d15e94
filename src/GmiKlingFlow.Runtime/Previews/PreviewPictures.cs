using System.Globalization;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Runtime.Previews;

/// <summary>What is laid over and around an animatic's picture.</summary>
internal static class PreviewPictures
{
    public const string Notice = "PREVIEW - LIPS DON'T MOVE";

    private static readonly Colour Ground = new(0x16, 0x18, 0x1d);
    private static readonly Colour Track = new(0x2b, 0x2f, 0x38);
    private static readonly Colour Seen = new(0x4a, 0x52, 0x60);
    private static readonly Colour Words = new(0xe8, 0xea, 0xed);
    private static readonly Colour Quiet = new(0xa4, 0xab, 0xb6);
    private static readonly Colour Warning = new(0xff, 0xc1, 0x4d);

    private static readonly Colour[] Voices =
        [new(0x5b, 0xc0, 0xff), new(0xff, 0x8a, 0x65), new(0x7e, 0xd9, 0x87), new(0xd4, 0x9b, 0xff), new(0xff, 0xd8, 0x5b), new(0x5b, 0xe0, 0xd0)];

    /// <summary>Above the picture: what this is, and of which job.</summary>
    public static Raster Head(PreviewLayout layout, string job)
    {
        var head = new Raster(layout.Width, PreviewLayout.HeadHeight, Ground);
        head.Text(6, 4, Notice, Warning);
        head.Text(6, 4 + Raster.LineHeight, job, Words);
        return head;
    }

    /// <summary>Below it: a lane for each face, none of them speaking, and the clock.</summary>
    public static Raster Feet(PreviewLayout layout)
    {
        var feet = new Raster(layout.Width, layout.Height - layout.FeetTop, Ground);
        foreach (var (index, _) in layout.Lanes.Index())
        {
            Draw(feet, layout, index, index * PreviewLayout.LaneHeight, speaks: false);
        }

        var top = (layout.Lanes.Count * PreviewLayout.LaneHeight) + 4;
        feet.Text(6, top, "0 s", Quiet);
        var end = $"{layout.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
        feet.Text(layout.Width - Raster.TextWidth(end) - 6, top, end, Quiet);
        return feet;
    }

    /// <summary>One lane while its face speaks.</summary>
    public static Raster Speaking(PreviewLayout layout, int lane)
    {
        var picture = new Raster(layout.Width, PreviewLayout.LaneHeight, Ground);
        Draw(picture, layout, lane, 0, speaks: true);
        return picture;
    }

    /// <summary>The line that moves over the lanes.</summary>
    public static Raster Hand(PreviewLayout layout) => new(2, Math.Max(2, layout.Lanes.Count * PreviewLayout.LaneHeight), Words);

    private static void Draw(Raster on, PreviewLayout layout, int index, int top, bool speaks)
    {
        var lane = layout.Lanes[index];
        var voice = Voices[index % Voices.Length];
        var name = lane.IsKnown ? lane.Face : $"{lane.Face} (face not known yet)";
        on.Text(6, top + 2, speaks ? $"{lane.Face} SPEAKS" : name, speaks ? voice : Quiet);
        var bar = top + Raster.LineHeight + 2;
        on.Box(0, bar, layout.Width, 10, Track);
        foreach (var seen in lane.Visible)
        {
            Bar(on, layout, bar, seen, Seen);
        }

        foreach (var says in lane.Says)
        {
            Bar(on, layout, bar, says, speaks ? voice : voice.Dimmed);
        }
    }

    private static void Bar(Raster on, PreviewLayout layout, int top, TimeRange range, Colour colour) =>
        on.Box(layout.X(range.Start), top, Math.Max(2, layout.X(range.End) - layout.X(range.Start)), 10, colour);
}
