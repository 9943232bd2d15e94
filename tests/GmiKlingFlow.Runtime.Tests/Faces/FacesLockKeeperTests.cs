using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Faces;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faces;

public sealed class FacesLockKeeperTests : IDisposable
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[13]];

    private readonly TemporaryFolder folder = new();
    private readonly PictureDownloader pictures = new(TimeProvider.System);

    private string Flow => folder.File("my flow 🎬.yaml");

    private string Lock => FacesLockFiles.LockOf(Flow);

    public void Dispose()
    {
        pictures.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Failures_Codes_AreInTheirStageAndExplained()
    {
        var codes = CatalogueAssert.CodesInStage(typeof(FacesLockFailures), '8');

        Assert.All(codes, code => Assert.StartsWith("GKF806", code, StringComparison.Ordinal));
        Assert.All(codes, code => Assert.Contains(code, Explanation.Codes));
    }

    [Fact]
    public async Task KeepAsync_FacesWithPictures_WritesBothAndReadsBack()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Body(200, Png));
        var kept = await KeepAsync(null, Found("clips é/host.mp4", Face("0", 0, 3000, server), Face("ä/..", 0, 3000, server)));

        Assert.Null(kept.Failure);
        Assert.Empty(kept.Warnings);
        var read = Read();
        Assert.Equal(kept.Lock.Videos[0].Faces.Select(face => (face.Face with { ImageUrl = null }, face.Thumbnail)), read.Videos[0].Faces.Select(face => (face.Face, face.Thumbnail)));
        Assert.Equal("my flow 🎬.faces/host-0.png", read.Videos[0].Faces[0].Thumbnail);
        Assert.Matches("^my flow 🎬.faces/host------[0-9a-f]{8}.png$", read.Videos[0].Faces[1].Thumbnail);
        Assert.All(read.Videos[0].Faces, face => Assert.Equal(Png, File.ReadAllBytes(folder.File(face.Thumbnail ?? ""))));
        Assert.All(server.Requests, request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
    }

    [Fact]
    public async Task KeepAsync_SameFacesAgain_ChangesNoByteAndFetchesNothing()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Body(200, Png));
        await KeepAsync(null, Found("host.mp4", Face("0", 0, 3000, server)));
        var (before, written) = (File.ReadAllBytes(Lock), File.GetLastWriteTimeUtc(Lock));

        await KeepAsync(Read(), Found("host.mp4", Face("0", 60, 2950, server)));

        Assert.Equal(before, File.ReadAllBytes(Lock));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Lock));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task KeepAsync_PictureLost_IsFetchedAgain()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Body(200, Png));
        await KeepAsync(null, Found("host.mp4", Face("0", 0, 3000, server)));
        File.Delete(folder.File("my flow 🎬.faces/host-0.png"));

        await KeepAsync(Read(), Found("host.mp4", Face("0", 0, 3000, server)));

        Assert.True(File.Exists(folder.File("my flow 🎬.faces/host-0.png")));
    }

    [Fact]
    public async Task KeepAsync_PicturesThatFail_WarnAndTheLockIsWhole()
    {
        await using var server = new ScriptedServer(request => request.Target switch
        {
            "/html" => ScriptedReply.Html(200, "<html>Please log in and accept the terms</html>"),
            "/empty" => ScriptedReply.Body(200, []),
            "/huge" => ScriptedReply.Short(200, new byte[100], 5_000_000_000, ReplyEnd.Close),
            "/short" => ScriptedReply.Short(200, Png, 1000, ReplyEnd.Close),
            "/loop" => ScriptedReply.Body(302, [], "Location: /loop"),
            "/away" => ScriptedReply.Body(302, [], "Location: file:///etc/passwd"),
            "/reset" => ScriptedReply.Reset,
            "/big" => ScriptedReply.Body(200, [.. Png, .. new byte[PictureDownloader.LargestBytes]]),
            _ => ScriptedReply.Json(404, "{}"),
        });
        string[] targets = ["html", "empty", "huge", "short", "loop", "away", "reset", "big", "gone"];
        var faces = targets.Select((target, i) => Face($"{i}", 0, 3000) with { ImageUrl = $"{server.Url}{target}" }).Append(Face("9", 0, 3000) with { ImageUrl = "ftp://e.com/x.png" }).ToArray();

        var kept = await KeepAsync(null, Found("host.mp4", faces));

        Assert.Null(kept.Failure);
        Assert.Equal(Enumerable.Repeat("GKF8061", faces.Length), kept.Warnings.Select(warning => warning.Code));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), Read().Videos[0].Faces.Select(face => face.Face.Id));
        Assert.All(Read().Videos[0].Faces, face => Assert.Null(face.Thumbnail));
        Assert.False(Directory.Exists(folder.File("my flow 🎬.faces")));
    }

    [Fact]
    public async Task KeepAsync_Stopped_WritesTheLockWithoutPictures()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(_ =>
        {
            stop.Cancel();
            return ScriptedReply.Hang;
        });

        var kept = await KeepAsync(null, stop.Token, Found("host.mp4", Face("0", 0, 3000, server)));

        Assert.Null(kept.Failure);
        Assert.Equal("0", Read().Videos[0].Faces[0].Face.Id);
    }

    [Fact]
    public async Task KeepAsync_PictureFolderIsALink_WritesNothingThrough()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var elsewhere = Directory.CreateDirectory(folder.File("elsewhere"));
        Directory.CreateSymbolicLink(folder.File("my flow 🎬.faces"), elsewhere.FullName);
        await using var server = ScriptedServer.Answering(ScriptedReply.Body(200, Png));

        var kept = await KeepAsync(null, Found("host.mp4", Face("0", 0, 3000, server)));

        Assert.Equal("GKF8063", Assert.Single(kept.Warnings).Code);
        Assert.Empty(elsewhere.GetFiles());
        Assert.Equal("0", Read().Videos[0].Faces[0].Face.Id);
    }

    [Fact]
    public async Task KeepAsync_LockAndItsDraftAreLinks_ReplacesThemAndLeavesTheirTargets()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var target = folder.Write("precious.txt", "mine");
        File.CreateSymbolicLink(Lock, target);
        File.CreateSymbolicLink($"{Lock}.part", target);

        var kept = await KeepAsync(null, Found("host.mp4", Face("0", 0, 3000)));

        Assert.Null(kept.Failure);
        Assert.Equal("mine", File.ReadAllText(target));
        Assert.Null(new FileInfo(Lock).LinkTarget);
    }

    [Fact]
    public async Task KeepAsync_FacesThatChanged_TakeTheirOldPicturesAway()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Body(200, Png));
        await KeepAsync(null, Found("host.mp4", Face("0", 0, 3000, server), Face("1", 0, 3000, server)));
        folder.Write("my flow 🎬.faces/mine.png", "kept");

        await KeepAsync(Read(), Found("host.mp4", Face("0", 500, 3000, server)));

        Assert.Equal(["host-0.png", "mine.png"], Directory.GetFiles(folder.File("my flow 🎬.faces")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task KeepAsync_VideosOfOneName_GetAPictureEach()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Body(200, Png));
        await KeepAsync(null, Found("a/host.mp4", Face("0", 0, 3000, server)), Found("b/HOST.mp4", Face("0", 0, 3000, server)));

        var names = Read().Videos.Select(video => video.Faces[0].Thumbnail?.ToUpperInvariant()).ToList();
        Assert.Equal(2, names.Distinct().Count());
        Assert.DoesNotContain(null, names);
    }

    [Fact]
    public void Of_AnyFaces_ReadBackAsTheyWere() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNull<string> Source, NonEmptyString Id, NonNegativeInt Start, NonNegativeInt Length)[]>(),
            rows =>
            {
                var wanted = rows.Select((row, i) => Found($"{row.Source.Get}", i, Face(Clean(row.Id.Get), row.Start.Get, row.Start.Get + row.Length.Get))).ToList();
                var faces = LockRevision.Of(null, "x", [.. wanted.Select(video => video.Video)], wanted, isSimulated: false).Lock;
                var bytes = FacesLockText.Of(faces);
                File.WriteAllBytes(Lock, bytes);
                var read = Read();
                return bytes.AsSpan().SequenceEqual(FacesLockText.Of(read))
                    && read.Videos.Zip(faces.Videos).All(pair => pair.First.Source == Whole(pair.Second.Source) && pair.First.Faces.SequenceEqual(pair.Second.Faces));
            }).Check(PropertyRun.Config.WithMaxTest(200));

    // What identify's reader lets through: no control characters.
    private static string Clean(string id) => Whole(string.Concat(id.Where(c => !char.IsControl(c))) is { Length: > 0 and <= 200 } text ? text : "0");

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private FacesLock Read()
    {
        var problems = new DiagnosticBag();
        var read = new FacesLockLoader(new DiskFlowFiles()).Load(Flow, folder.Path, problems);
        Assert.True(read is not null, string.Join('\n', problems.Select(problem => $"{problem.Code}: {problem.Message}")));
        return read;
    }

    [Fact]
    public async Task KeepAsync_MoreFacesThanPictures_LeavesTheRestOutAndKeepsEveryFace()
    {
        var faces = Enumerable.Range(0, 502).Select(static i => Face($"{i}", 0, 3000) with { ImageUrl = "ftp://e.com/x.png" }).ToArray();

        var kept = await KeepAsync(null, Found("host.mp4", faces));

        Assert.Null(kept.Failure);
        Assert.Equal(("GKF8062", 501), (kept.Warnings[^1].Code, kept.Warnings.Count));
        Assert.StartsWith("The pictures of 2 more faces were left out", kept.Warnings[^1].Message, StringComparison.Ordinal);
        Assert.Equal(502, Read().Videos[0].Faces.Count);
    }

    private Task<KeptLock> KeepAsync(FacesLock? old, params FoundFaces[] found) => KeepAsync(old, CancellationToken.None, found);

    private Task<KeptLock> KeepAsync(FacesLock? old, CancellationToken stop, params FoundFaces[] found) => new FacesLockKeeper(pictures, TimeProvider.System).KeepAsync(
        Flow, old, LockRevision.Of(old, "lock", [.. found.Select(each => each.Video)], found, isSimulated: false), stop);

    private static Face Face(string id, long start, long end, ScriptedServer? server = null) =>
        new(id, new TimeRange(TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end)), server is null ? null : $"{server.Url}{start}");

    private static FoundFaces Found(string source, params Face[] faces) => Found(source, 0, faces);

    private static FoundFaces Found(string source, int number, params Face[] faces)
    {
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{source}{number}")));
        var place = new Place(SourceSpan.StartOf("flow.yaml"), "");
        var video = new Video("host", new MediaSource.LocalFile(source, "/x", sha256, 1, null), null, new Dictionary<string, FaceName>(), place);
        return new FoundFaces(video, ContentIdentity.Of(video.Source), faces);
    }
}
