using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class IntentLogTests : IDisposable
{
    private const string Service = "https://queue.example.com/api";
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    private string Log => folder.File("intents.log");

    private string Database => folder.File("state.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Parse_LineCutOrChanged_IsNullOrTheSameIntent()
    {
        var intent = new LoggedIntent(Service, "key", "kling-lip-sync", new string('a', 64), 70_000, DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123));
        var line = intent.ToLine();
        Assert.Equal(intent, LoggedIntent.Parse(line));
        Assert.Equal(intent with { Organization = "one" }, LoggedIntent.Parse((intent with { Organization = "one" }).ToLine()));

        Check.One(PropertyRun.Config, Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<char>(), (at, changed) =>
        {
            var index = at.Get % line.Length;
            return LoggedIntent.Parse(line[..index]) is null
                && LoggedIntent.Parse($"{line[..index]}{changed}{line[(index + 1)..]}") is var parsed
                && (parsed is null || (parsed == intent && changed == line[index]));
        }));
    }

    [Fact]
    public void Open_StateFromBeforeAnIntent_BringsItBackAsUnknown()
    {
        Copy older;
        using (var store = Opened())
        {
            Start(store);
            older = Copy.Of(Database);
            Intend(store, "key");
        }

        older.PutBack();
        using var again = Opened();
        var request = again.Requests.Newest(Service, "key");

        Assert.Equal(StepState.Unknown, request?.State);
        Assert.Equal("sha", request?.PayloadSha256);
        Assert.Equal((1, 0.07m), (request?.Attempts ?? 0, request?.EstimatedUsd ?? 0));
        Assert.Equal(request?.IntentAt, request?.UnclearAt);
    }

    [Fact]
    public void Open_BroughtBackOnce_IsNotBroughtBackAgain()
    {
        Copy older;
        using (var store = Opened())
        {
            Start(store);
            older = Copy.Of(Database);
            Intend(store, "key");
        }

        older.PutBack();
        Opened().Dispose();
        using var third = Opened();

        Assert.Equal(1, third.Requests.Newest(Service, "key")?.Attempts);
    }

    [Fact]
    public void Open_LastLineCut_KeepsTheOthersAndAppendsOnALineOfItsOwn()
    {
        using (var store = Opened())
        {
            Start(store);
            Intend(store, "one");
            Intend(store, "two");
        }

        var whole = File.ReadAllBytes(Log);
        File.WriteAllBytes(Log, whole[..^7]);
        using (var store = Opened())
        {
            Intend(store, "three");
        }

        Assert.Equal(["one", "three"], IntentLog.Read(folder.Path).Select(i => i.ContentKey));
    }

    [Fact]
    public void Open_StateDeletedButNotItsIntents_IsLostAndMakesNothing()
    {
        using (var store = Opened())
        {
            Start(store);
            Intend(store, "key");
        }

        File.Delete(Database);

        Assert.Equal("GKF8005", Assert.IsType<StateOpening.Unusable>(StateStore.Open(folder.Path, clock)).Failure.Code);
        Assert.Equal("GKF8005", Assert.IsType<StateOpening.Unusable>(StateStore.OpenForReading(folder.Path)).Failure.Code);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public void OpenForReading_StateBehindItsIntents_IsNoPlanToTrust()
    {
        Copy older;
        using (var store = Opened())
        {
            Start(store);
            older = Copy.Of(Database);
            Intend(store, "key");
        }

        older.PutBack();

        Assert.Equal("GKF8008", Assert.IsType<StateOpening.Unusable>(StateStore.OpenForReading(folder.Path)).Failure.Code);
    }

    [Fact]
    public void Open_PayloadOnRecordIsAnother_IsDamage()
    {
        using (var store = Opened())
        {
            Start(store);
            Intend(store, "key");
            store.Database.Execute("UPDATE requests SET payload_sha256 = 'shb'");
        }

        Assert.Equal("GKF8001", Assert.IsType<StateOpening.Unusable>(StateStore.Open(folder.Path, clock)).Failure.Code);
        Assert.Equal("GKF8001", Assert.IsType<StateOpening.Unusable>(StateStore.Open(folder.Path, clock)).Failure.Code);
    }

    [Fact]
    public void Append_LogCantBeWritten_IsAStateLost()
    {
        using var store = Opened();
        Start(store);
        Directory.CreateDirectory(Log);

        Assert.Throws<StateLostException>(() => Intend(store, "key"));
    }

    private StateStore Opened() => Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.Path, clock)).Store;

    private void Start(StateStore store) =>
        store.Runs.Start(new RunStart("run", Service, "flow", "flow.yaml", "sha", clock.GetUtcNow(), "1", IsSimulated: false));

    private void Intend(StateStore store, string key)
    {
        var run = store.Database.Single("SELECT id FROM runs LIMIT 1", static row => row.GetString(0)) ?? "";
        var request = store.Requests.Create(Service, key, "kling-lip-sync", run, 0.07m, clock.GetUtcNow());
        store.Intents.Append(store.Requests.Move(request.Row, StepState.Intent, new() { PayloadSha256 = "sha" }, run, clock.GetUtcNow()), null);
    }

    /// <summary>The state's files as they were once.</summary>
    private sealed record Copy(IReadOnlyDictionary<string, byte[]> Files, string Database)
    {
        public static Copy Of(string database)
        {
            var files = new Dictionary<string, byte[]>();
            foreach (var file in new[] { database, database + "-wal" }.Where(File.Exists))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                files[file] = copy.ToArray();
            }

            return new Copy(files, database);
        }

        public void PutBack()
        {
            foreach (var file in new[] { Database, Database + "-wal", Database + "-shm" })
            {
                File.Delete(file);
            }

            foreach (var (file, content) in Files)
            {
                File.WriteAllBytes(file, content);
            }
        }
    }

    [Fact]
    public void Parse_LineOfBeforeOrganisations_IsRead()
    {
        const string Line = "service\tkey\tkling-lip-sync\tsha\t70000\t1800000000123";
        var check = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Line)))[..16];

        var read = LoggedIntent.Parse($"{Line}\t{check}");

        Assert.Equal(new LoggedIntent("service", "key", "kling-lip-sync", "sha", 70_000, DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123)), read);
    }

    [Fact]
    public void Open_StateHasLostIntentsOfTwoOrganisations_BringsThemBackAsSuch()
    {
        using (var store = Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.File("state"), clock)).Store)
        {
            foreach (var organization in new[] { "one", "two" })
            {
                var run = $"run-{organization}";
                store.Runs.Start(new RunStart(run, Service, "flow", "flow.yaml", "sha", clock.GetUtcNow(), "1", IsSimulated: false));
                var row = store.Requests.Create(Service, organization, "model", run, 0, clock.GetUtcNow()).Row;
                store.Intents.Append(store.Requests.Move(row, StepState.Intent, new() { PayloadSha256 = "sha" }, run, clock.GetUtcNow()), organization);
            }
        }

        foreach (var file in Directory.GetFiles(folder.File("state"), "state.db*"))
        {
            File.Delete(file);
        }

        Assert.IsType<StateOpening.Unusable>(StateStore.Open(folder.File("state"), clock));
        Directory.CreateDirectory(folder.File("empty"));
        Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.File("empty"), clock)).Store.Dispose();
        File.Copy(Path.Combine(folder.File("empty"), "state.db"), Path.Combine(folder.File("state"), "state.db"));
        using var restored = Assert.IsType<StateOpening.Opened>(StateStore.Open(folder.File("state"), clock)).Store;

        Assert.All(["one", "two"], organization =>
            Assert.Equal(organization, restored.Requests.Newest(Service, organization) is { State: StepState.Unknown } lost ? restored.Requests.Organization(lost.Row) : null));
    }
}
