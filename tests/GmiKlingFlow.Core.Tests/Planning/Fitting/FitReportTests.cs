using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Fitting;

public sealed class FitReportTests
{
    private static readonly string[] FitCodes = ["GKF4126", "GKF4128", "GKF4129", "GKF4130", "GKF4131", "GKF6020"];

    [Fact]
    public void Codes_OfTheCatalogue_HavePages() => Assert.All(
        CatalogueAssert.CodesInStage(typeof(FitDiagnostics), '6'),
        code => Assert.StartsWith($"# {code}: ", Explanation.Of(code), StringComparison.Ordinal));

    [Theory]
    [InlineData("GKF4128", null, 5000, 2500, "sound_insert_time 0 to 1950|sound_end_time 4450 (a clip of 4450 ms)")]
    [InlineData("GKF4128", "0:0-6960", 5000, 2500, "sound_insert_time 0 to 1910|sound_end_time 4410 (a clip of 4410 ms)")]
    [InlineData("GKF4128", "0:1000-6960", 6500, 2500, "sound_end_time 4410 (a clip of 4410 ms)|sound_insert_time 1000 · sound_end_time 5910 (a clip of 5910 ms)")]
    [InlineData("GKF4130", "0:0-3000 1:3000-7000", 3000, 3500, "sound_insert_time 0 · sound_end_time 2950 (a clip of 2950 ms)|face \"ben\" (id \"1\", seen 3000-7000 ms)")]
    [InlineData("GKF4130", "0:0-1500 1:3000-5500", 2400, 1000, "face \"ben\" (id \"1\", seen 3000-5500 ms) · sound_insert_time 3000 to 3050")]
    public void Choose_Misfit_TellsWhatWouldFit(string code, string? faces, int end, int insert, string choices)
    {
        var problem = Assert.Single(Problems(Entry(0, end, insert), Faces(faces ?? ""), faces is not null), p => p.Code == code);

        Assert.Equal($"It would fit with one of:\n  {choices.Replace("|", "\n  ", StringComparison.Ordinal)}", problem.Hint);
    }

    [Fact]
    public void Choose_NothingWouldFit_SaysSo()
    {
        var problem = Assert.Single(Problems(Entry(0, 3000, 1000), Faces("0:0-1500"), facesKnown: true));

        Assert.Equal("No other time and no other face would do for this clip. Take a shorter one, or another video.", problem.Hint);
    }

    [Fact]
    public void Choose_ClipOutlastsItsFace_WarnsWithNumbersAndChoices()
    {
        var problem = Assert.Single(Problems(Entry(0, 3000, 1400), Faces("0:0-3500 1:0-7000"), facesKnown: true));

        Assert.Equal(("GKF6020", Severity.Warning), (problem.Code, problem.Severity));
        Assert.Equal("\"900\" ms of the clip (1400-4400 ms) play while face \"0\" (0-3500 ms) is not seen. Move or shorten it.", problem.Message);
        Assert.Equal(
            "It would fit with one of:\n  sound_insert_time 0 to 450\n  sound_end_time 2050 (a clip of 2050 ms)\n  face \"ben\" (id \"1\", seen 0-7000 ms)",
            problem.Hint);
    }

    [Fact]
    public void Choose_ClipWithinTheTolerance_SaysNothing() =>
        Assert.Empty(Problems(Entry(0, 3000, 1500), Faces("0:1600-7000"), facesKnown: true));

    [Fact]
    public void Choose_AnyChoiceTaken_FitsThen()
    {
        var (seen, offered) = (0, 0);
        Check.One(PropertyRun.Config.WithMaxTest(3000), Prop.ForAll(Cases().ToArbitrary(), given =>
        {
            var (entry, faces, known) = given;
            var job = Job(entry);
            var video = RuleSubjects.Of(job.Video);
            var subject = RuleSubjects.Of(entry, EntryValues.KnownNow(entry, KlingLimits.Current), RuleSubjects.Of(entry.Sound, false), "0");
            var report = new FitReport(job, video, known ? faces : null, KlingLimits.Current);
            var told = Told(report, video, known ? faces : null, subject);
            if (!told.Any(p => p.Code is "GKF4128" or "GKF4130" or "GKF6020"))
            {
                return true;
            }

            seen++;
            var needsWhole = told.All(p => p.Code == "GKF6020");
            foreach (var choice in report.Choices(subject))
            {
                offered++;
                var middle = choice with { InsertFrom = (choice.InsertFrom + choice.InsertTo) / 2 };
                foreach (var taken in new[] { choice.Applied(subject, latest: false), choice.Applied(subject, latest: true), middle.Applied(subject, latest: false) })
                {
                    var left = Told(report, video, known ? faces : null, taken).Where(p => FitCodes.Contains(p.Code) && (needsWhole || p.Code != "GKF6020"));
                    Assert.True(!left.Any(), $"{choice.Text(TimeSpan.Zero)} leaves {string.Join(", ", left.Select(p => p.Message))}");
                }
            }

            return true;
        }));
        Assert.True(seen > 500 && offered > 500, $"{seen} misfits and {offered} choices prove little.");
    }

    [Fact]
    public void Choices_WhereAnInsertTimeFits_OneIsOffered()
    {
        Check.One(PropertyRun.Config.WithMaxTest(300), Prop.ForAll(Cases().ToArbitrary(), given =>
        {
            var (entry, faces, _) = given;
            var job = Job(entry);
            var video = RuleSubjects.Of(job.Video);
            var subject = RuleSubjects.Of(entry, EntryValues.KnownNow(entry, KlingLimits.Current), RuleSubjects.Of(entry.Sound, false), "0");
            var report = new FitReport(job, video, faces, KlingLimits.Current);
            var somewhere = Enumerable.Range(0, 100).Any(i => !Told(report, video, faces, subject with { SoundInsert = new(TimeSpan.FromMilliseconds(i * 80), entry.Place) }).Any(p => FitCodes.Contains(p.Code)));
            return !somewhere || !Told(report, video, faces, subject).Any(p => FitCodes.Contains(p.Code)) || report.Choices(subject).Count > 0;
        }));
    }

    private static List<Diagnostic> Told(FitReport report, VideoSubject video, IReadOnlyList<Face>? faces, EntrySubject entry) =>
        [.. report.Told(ApiRules.Check(new SyncSubject(video, faces, [entry]), KlingLimits.Current), [entry])];

    private static IReadOnlyList<Diagnostic> Problems(FaceEntry entry, IReadOnlyList<Face> faces, bool facesKnown)
    {
        var job = Job(entry);
        var problems = new DiagnosticBag();
        if (facesKnown)
        {
            SyncResolver.Choose(job, faces, faces, isResult: false, KlingLimits.Current, problems);
        }
        else
        {
            FlowChecks.Check(GivenFlow.Of(job), KlingLimits.Current, problems);
        }

        return problems.Sorted();
    }

    private static Job Job(FaceEntry entry) => GivenFlow.Job("j", GivenFlow.Video() with
    {
        Faces = new Dictionary<string, FaceName> { ["ben"] = GivenFlow.Face("ben", new FaceSelector.ById("1")) },
    }, entry);

    private static FaceEntry Entry(int start, int end, int insert) =>
        GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0")), GivenFlow.Audio(seconds: 60), start, end, insert);

    private static IReadOnlyList<Face> Faces(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(face => face.Split(':', '-')).Select(f => GivenFlow.Found(f[0], int.Parse(f[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(f[2], System.Globalization.CultureInfo.InvariantCulture))),
    ];

    // A video of 7 s; times near its edges and near those of the faces.
    private static Gen<(FaceEntry Entry, IReadOnlyList<Face> Faces, bool Known)> Cases() =>
        from start in Gen.Choose(0, 3000)
        from length in Gen.Choose(1900, 8000)
        from insert in Gen.Choose(0, 7200)
        from a in Gen.Choose(0, 6000)
        from aLength in Gen.Choose(100, 7500)
        from b in Gen.Choose(0, 6000)
        from bLength in Gen.Choose(100, 7500)
        from known in Gen.Elements(true, true, false)
        select (Entry(start, start + length, insert), Faces($"0:{a}-{a + aLength} 1:{b}-{b + bLength}"), known);
}
