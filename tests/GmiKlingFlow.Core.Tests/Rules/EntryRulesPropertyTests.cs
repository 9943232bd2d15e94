using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

/// <summary>Holds the rules against a deliberately plain second telling of api-contract 4.3, in milliseconds.</summary>
public sealed class EntryRulesPropertyTests
{
    private sealed record Numbers(int Audio, int Video, int FaceStart, int FaceEnd, int Start, int End, int Insert);

    [Fact]
    public void Check_TimesNearTheLimits_RefusesExactlyWhatThePlainRulesRefuse()
    {
        var numbers =
            from audio in Gen.Choose(1990, 5000)
            from video in Gen.Choose(2000, 7000)
            from faceStart in Gen.Choose(0, 2500)
            from faceLength in Gen.Choose(1, 5000)
            from start in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(-5, 2000)))
            from length in Gen.Choose(1990, 3000)
            from insert in Gen.Frequency((4, Gen.Choose(0, 3000)), (1, Gen.Choose(-5, 7000)))
            select new Numbers(audio, video, faceStart, faceStart + faceLength, start, start + length, insert);

        Prop.ForAll(numbers.ToArbitrary(), n => IsRefused(n) == IsWrong(n)).Check(PropertyRun.Config.WithMaxTest(20_000));
    }

    private static bool IsRefused(Numbers n)
    {
        var entry = Given.Entry(n.Start, n.End, n.Insert) with { Audio = Given.Audio(Given.AudioFacts(seconds: n.Audio / 1000d)) };
        var sync = Given.Sync(entry) with
        {
            Video = Given.Video(Given.VideoFacts(seconds: n.Video / 1000d)),
            Faces = [Given.Face("0", n.FaceStart, n.FaceEnd)],
        };
        return ApiRules.Check(sync, KlingLimits.Current).Any(d => d.Severity == Severity.Error);
    }

    private static bool IsWrong(Numbers n)
    {
        var clip = n.End - n.Start;
        var overlap = Math.Min(n.Insert + clip, n.FaceEnd) - Math.Max(n.Insert, n.FaceStart);
        return n.Start < 0 || n.Insert < 0 || n.End > n.Audio || clip < 2000 || n.Insert + clip > n.Video || overlap < 2000;
    }
}
