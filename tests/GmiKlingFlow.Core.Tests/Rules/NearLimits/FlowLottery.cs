namespace GmiKlingFlow.Core.Tests.Rules.NearLimits;

/// <summary>Draws flows whose numbers lie on the limits, a little before and a little after; most break one rule or none.</summary>
internal sealed class FlowLottery(int seed)
{
    private static readonly decimal[] Offsets = [-51, -50, -49, -2, -1, -0.5m, 0, 0, 0, 0.5m, 1, 2, 49, 50, 51];

    private readonly Random random = new(seed);

    // Half of the flows are sound but for one thing, so that enough of them are accepted.
    private bool isCalm;

    public DrawnFlow Next()
    {
        isCalm = Odds(2);
        var flow = Draw();
        isCalm = false;
        return flow;
    }

    private DrawnFlow Draw()
    {
        var isVerbatim = Odds(8);
        var video = Video();
        var audio = Enumerable.Range(0, Odds(3) ? 2 : 1).Select(i => Audio(i, isVerbatim)).ToList();
        var entries = Enumerable.Range(0, Odds(3) ? 2 : 1).Select(_ => Entry(video, audio, isVerbatim)).ToList();
        return new DrawnFlow(video, audio, entries, isVerbatim, Faces(video));
    }

    private DrawnSource Video()
    {
        if (isCalm && !Odds(4))
        {
            var length = random.Next(5000, 9000);
            return new DrawnSource("v", false, "mp4", 1000, length, length, 1280, 720);
        }

        var isUrl = Odds(4);
        var whole = Length();
        var track = Odds(6) ? whole - random.Next(0, 60) : whole;
        var (width, height) = Odds(5) ? (Side(), Side()) : (1280, 720);
        var format = isUrl ? Pick("mp4", "mp4", "mp4", "mov", "webm", "php") : Pick("mp4", "mp4", "mp4", "mp4", "mp4", "mp4", "mov", "m4a");
        return isUrl
            ? new DrawnSource("v", true, format, 0, Odds(3) ? null : whole, null)
            : new DrawnSource("v", false, format, Odds(8) ? 100_000_000 + random.Next(-1, 2) : 1000, whole, track, width, height) { HasTrack = !Odds(20) };
    }

    private DrawnSource Audio(int index, bool mustBeUrl)
    {
        if (isCalm && !mustBeUrl && !Odds(4))
        {
            var length = random.Next(2000, 3500);
            return new DrawnSource($"a{index}", false, "wav", 1000, length, length);
        }

        var isUrl = mustBeUrl || Odds(4);
        var whole = Length();
        var track = Odds(8) ? whole - random.Next(0, 60) : whole;
        var format = isUrl ? Pick("mp3", "mp3", "wav", "m4a", "aac", "ogg", "tts") : Pick("wav", "wav", "mp3", "mp3", "m4a", "aac", "mp4");
        return isUrl
            ? new DrawnSource($"a{index}", true, format, 0, mustBeUrl || Odds(3) ? null : whole, null)
            : new DrawnSource($"a{index}", false, format, Odds(8) ? 5_000_000 + random.Next(-1, 2) : 1000, whole, track) { HasTrack = !Odds(25) };
    }

    private DrawnEntry Entry(DrawnSource video, List<DrawnSource> audio, bool isVerbatim)
    {
        var index = random.Next(audio.Count);
        if (isCalm && !isVerbatim && !Odds(3))
        {
            return new DrawnEntry("0", index, 0, null, random.Next(0, 1500), Odds(3), null, Odds(2) ? 0 : null);
        }

        var length = audio[index].Track ?? audio[index].Whole ?? 60_000;
        var start = Odds(3) ? Pick(0, -1, 1, length - 2000, length - 2050, 57_999, 58_000) + (Odds(3) ? Offset() : 0) : 0;
        decimal? end = Pick<decimal?>(null, null, length + Offset(), length + Offset(), start + 2000 + Offset(), 60_000 + Offset(), length - 50);
        var clip = (end ?? length - 50) - start;
        var picture = video.Track ?? video.Whole ?? 60_000;
        var insert = Pick(0, 0, 0, -1, picture - clip + Offset(), 2000 + Offset(), random.Next(0, 4000));
        var isAfterFace = !isVerbatim && Odds(4);
        if (isVerbatim)
        {
            (start, end, insert) = (decimal.Floor(start), decimal.Floor(end ?? length), decimal.Floor(insert));
        }

        return new DrawnEntry(Pick("0", "0", "0", "1", "9"), index, start, end, isAfterFace ? random.Next(-200, 400) : insert, isAfterFace, Volume(), Volume());
    }

    private List<(string, decimal, decimal)> Faces(DrawnSource video)
    {
        var length = (int)(video.Track ?? video.Whole ?? 10_000);
        if (isCalm && Odds(2))
        {
            return [("0", random.Next(0, 500), length)];
        }

        var faces = new List<(string, decimal, decimal)>();
        for (var i = 0; i < random.Next(0, 4); i++)
        {
            var start = Odds(2) ? 0 : random.Next(0, Math.Max(1, length));
            faces.Add(($"{i}", start, Math.Max(start, Pick(length, length, length + random.Next(0, 30), start + 2000 + (int)Offset(), random.Next(0, Math.Max(1, length))))));
        }

        return faces;
    }

    private decimal Length() => random.Next(6) switch
    {
        0 => 2000 + Offset(),
        1 => 2050 + Offset(),
        2 => Odds(3) ? 60_000 + Offset() : 5000,
        _ => random.Next(2100, 9000) + (Odds(5) ? 0.25m : 0),
    };

    private int Side() => Pick(511, 512, 513, 720, 1080, 2159, 2160, 2161);

    private decimal? Volume() => Odds(2) ? null : Pick(0m, 0.01m, 1m, 1.99m, 2m, Odds(4) ? 2.01m : 1m, Odds(4) ? -0.01m : 0m);

    private decimal Offset() => Pick(Offsets);

    private bool Odds(int one) => random.Next(one) == 0;

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
