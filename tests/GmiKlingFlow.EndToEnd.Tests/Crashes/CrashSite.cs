using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>A flow, its state and a service that outlives every program killed here.</summary>
internal sealed class CrashSite : IAsyncDisposable
{
    private const int MostLastRuns = 8;
    private readonly TemporaryFolder folder = new();
    private readonly CrashMedia media;
    private readonly SimulatorServer simulator;
    private readonly Tollgate gate;
    private readonly List<string> story = [];
    private StateBlock? block;
    private bool hasFaults;

    private CrashSite(CrashMedia media, SimulatorServer simulator, Tollgate gate)
    {
        (this.media, this.simulator, this.gate) = (media, simulator, gate);
        FlowFile = media.LayOut(folder);
    }

    public string FlowFile { get; }

    public string Folder => folder.Path;

    public string StateFolder => folder.File(".gkflow");

    public string StateFile => Path.Combine(StateFolder, "state.db");

    public string OutputFolder => folder.File(Path.Combine("out", "crash"));

    public SimulatorServer Simulator => simulator;

    public int Kills { get; private set; }

    /// <param name="faults">What goes wrong with the service; as <see cref="FaultRule"/> reads it.</param>
    public static async Task<CrashSite> OpenAsync(CrashMedia media, bool asynchronousIdentify = false, params IReadOnlyList<string> faults)
    {
        var options = new SimulatorOptions
        {
            Render = false,
            IdentifyTime = TimeSpan.FromMilliseconds(80),
            QueueTime = TimeSpan.FromMilliseconds(150),
            ProcessingTime = TimeSpan.FromMilliseconds(250),
            AsynchronousIdentify = asynchronousIdentify,
            Faults = [.. faults.Select(Rule)],
        };
        var simulator = await SimulatorServer.StartAsync(options, TimeProvider.System, CancellationToken.None);
        return new CrashSite(media, simulator, await Tollgate.OpenAsync(simulator)) { hasFaults = faults.Count > 0 };
    }

    public ProgramRun Start(params IReadOnlyList<string> more) =>
        ProgramRun.Start(folder.Path, gate.BaseUrl, ["run", "flow.yaml", "--format", "json", .. more]);

    public Trap Set(Crossing crossing, int number = 1) =>
        gate.Trap = new Trap(c => c.Call == crossing.Call && c.Passage == crossing.Passage && (crossing.Status.Length == 0 || c.Status == crossing.Status), number);

    public void BlockState() => block = new StateBlock(StateFile);

    /// <summary>Starts the program and kills it at a point.</summary>
    /// <returns>False when it came to its end without passing there.</returns>
    public Task<bool> KillAtAsync(CrashPoint point, int number = 1)
    {
        gate.IsLate = point.IsLate;
        return KillAsync(string.Create(CultureInfo.InvariantCulture, $"{point.Name} ({number})"), run => point.HitAsync(this, run, number));
    }

    /// <summary>Starts the program and kills it after a while, wherever it is then.</summary>
    public Task<bool> KillAfterAsync(TimeSpan time) =>
        KillAsync(string.Create(CultureInfo.InvariantCulture, $"after {time.TotalMilliseconds:0} ms"), _ => Task.Delay(time, TimeProvider.System));

    private async Task<bool> KillAsync(string where, Func<ProgramRun, Task> hitAsync)
    {
        using var run = Start();
        var ended = run.EndAsync();
        var hit = hitAsync(run);
        if (await Task.WhenAny(hit, ended) == hit)
        {
            await hit;
        }

        var isKilled = !ended.IsCompleted;
        if (isKilled)
        {
            await run.KillAsync();
            // A program may come to its end in the very moment of the kill.
            isKilled = run.ExitCode != 0;
        }

        Kills += isKilled ? 1 : 0;
        story.Add($"--- {(isKilled ? "killed" : "not there")}: {where}, exit code {run.ExitCode}\n{run.Story}");
        Clear();
        Assert.True(isKilled || IsAnEnd(run.ExitCode), $"The program ended with {run.ExitCode} by itself.\n{Story}");
        return isKilled;
    }

    /// <summary>Lets everything pass again.</summary>
    public void Clear()
    {
        block?.Dispose();
        (block, gate.Trap) = (null, null);
    }

    /// <summary>Makes the state what it was once, but for one file of it, and takes the videos away.</summary>
    public void PutBack(IReadOnlyDictionary<string, byte[]> record, string name, byte[] content)
    {
        foreach (var file in Directory.GetFiles(StateFolder).Concat(Directory.GetFiles(OutputFolder)))
        {
            File.Delete(file);
        }

        foreach (var (file, whole) in record)
        {
            File.WriteAllBytes(Path.Combine(StateFolder, file), file == name ? content : whole);
        }
    }

    /// <summary>Runs to the end, twice, and checks that everything is there and was paid for once.</summary>
    public async Task FinishAsync()
    {
        gate.IsLate = false;
        for (var tries = 1; await LastRunAsync() is var exitCode and not 0; tries++)
        {
            Assert.True(IsAnEnd(exitCode) && tries < MostLastRuns, $"The last run ended with {exitCode}.\n{Story}");
        }

        AssertPaidOnce();
        AssertDelivered(isAgain: false);
        Assert.Equal(0, await LastRunAsync());
        AssertPaidOnce();
        AssertDelivered(isAgain: true);
    }

    private async Task<int> LastRunAsync()
    {
        using var run = Start();
        var exitCode = await run.EndAsync();
        story.Add($"--- last run, exit code {exitCode}\n{run.Story}");
        return exitCode;
    }

    // Where the service fails too, a job may fail or stay unknown, to be gone on with by the next run.
    private bool IsAnEnd(int exitCode) => exitCode == 0 || (hasFaults && exitCode is 1 or 6);

    private static FaultRule Rule(string text) => FaultRule.TryParse(text, out var rule, out var error) ? rule : throw new ArgumentException(error, nameof(text));

    /// <param name="story">What led here, for a failing test; null: what was done here.</param>
    public void AssertPaidOnce(string? story = null)
    {
        var ledger = simulator.Ledger;
        var (identifies, syncs) = (ledger.Accepted(ModelNames.IdentifyFace), ledger.Accepted(ModelNames.LipSync));
        Assert.True(
            (identifies, syncs) == (CrashMedia.Identifies, CrashMedia.Syncs),
            $"{identifies} identifies and {syncs} lip-syncs were paid instead of {CrashMedia.Identifies} and {CrashMedia.Syncs}.\n{story ?? Story}");
        Assert.Equal(ledger.Charges.Count, ledger.Charges.Select(c => c.PayloadSha256).Distinct().Count());
        Assert.Empty(ledger.StrayAuthorizations);
    }

    /// <summary>Waits until something is so, or the program has ended.</summary>
    public async Task UntilAsync(ProgramRun run, Func<bool> isSo)
    {
        while (!isSo() && !run.Exited.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    /// <summary>The partial files of downloads; the results are written beside them under a like name.</summary>
    public IReadOnlyList<FileInfo> PartialFiles() => [.. Files("*.part").Where(part => CrashMedia.Jobs.ContainsKey(JobOf(part.Name)))];

    public IReadOnlyList<FileInfo> Videos() => Files("*.mp4");

    /// <summary>How long the result of a job is, whose output or partial file has this name.</summary>
    public long LengthOf(string name) => new FileInfo(folder.File(CrashMedia.Jobs[JobOf(name)].Video)).Length;

    public string Story => $"{string.Join('\n', story)}\n{string.Join('\n', simulator.Ledger.Charges)}";

    public async ValueTask DisposeAsync()
    {
        block?.Dispose();
        await gate.DisposeAsync();
        await simulator.DisposeAsync();
        folder.Dispose();
    }

    private static string JobOf(string name) => name.Split('.')[0];

    private FileInfo[] Files(string pattern) => Directory.Exists(OutputFolder) ? new DirectoryInfo(OutputFolder).GetFiles(pattern) : [];

    private void AssertDelivered(bool isAgain)
    {
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(OutputFolder, "results.json")));
        var jobs = results.RootElement.GetProperty("jobs").EnumerateArray().ToList();
        Assert.Equal(CrashMedia.Jobs.Count, jobs.Count);
        var payloads = simulator.ReceivedPayloads().ToDictionary(p => p.RequestId, p => p.Payload);
        foreach (var job in jobs)
        {
            var (video, voice) = CrashMedia.Jobs[job.GetProperty("id").GetString() ?? ""];
            Assert.Contains(job.GetProperty("status").GetString(), isAgain ? ["reused"] : new[] { "succeeded", "reused" });
            var output = job.GetProperty("output");
            var file = Path.Combine(OutputFolder, output.GetProperty("file").GetString() ?? "");
            var sha256 = Hash(file);
            Assert.Equal(output.GetProperty("sha256").GetString(), sha256);
            Assert.Equal(media.Sha256(video), sha256);
            var sync = job.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("model").GetString() == ModelNames.LipSync);
            using var payload = JsonDocument.Parse(payloads[sync.GetProperty("request_id").GetString() ?? ""]);
            var sound = payload.RootElement.GetProperty("face_choose")[0].GetProperty("sound_end_time").GetInt64();
            Assert.Equal(CrashMedia.SoundEnd(voice), sound);
        }

        Assert.Empty(Files("*.part"));
        Assert.Equal(CrashMedia.Jobs.Count, Videos().Count);
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
