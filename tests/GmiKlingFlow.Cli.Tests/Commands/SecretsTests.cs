using System.Text;
using System.Text.RegularExpressions;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

/// <summary>
/// Canaries: a key, an organisation, signatures of sources, results and uploads. Every command is run in every format and at every log level, and no output and no file may sing, but for
/// those few whose work it is to hold an address as it was written.
/// </summary>
public sealed partial class SecretsTests : IAsyncLifetime
{
    private const string Key = "eyJcanaryKEYcanary.0123456789.abcdefghij";
    private const string Organisation = "org-canaryORGANISATION";
    private const string SourceSignature = "canarySOURCEsignature";
    private const string ResultSignature = "canaryRESULTsignature";

    private const string AnySignature = "X-Goog-Signature=";

    private static readonly string[] Secrets = [Key, Organisation];

    private static readonly string[] Signatures = [SourceSignature, ResultSignature, "canaryUSER", "canaryPASSWORD"];

    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder hosted = new();
    private readonly List<string> said = [];
    private SimulatorServer? simulator;

    public async ValueTask InitializeAsync()
    {
        ExampleFlow.CopyTo(folder, "quickstart");
        File.Copy(folder.File("quickstart/clips/host.mp4"), hosted.File("host.mp4"));
        folder.Write("quickstart/flow.yaml", $$"""
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: signed
            run: { poll: { min: 100ms, max: 200ms } }
            videos:
              host: { source: "https://cdn.example.com/host.mp4?X-Goog-Expires=1&{{AnySignature}}{{SourceSignature}}", duration: 6s }
            audio: { hello: { source: audio/hello.wav } }
            jobs:
              - { id: one, video: host, labels: { see: "https://docs.example.com/a?page=2&{{AnySignature}}{{SourceSignature}}" }, faces: [{ face: { only: true }, audio: hello }] }
              - { id: two, video: host, faces: [{ face: { only: true }, audio: hello, sound_insert_time: 500 }] }
            """);
        folder.Write("wrong.yaml", $$"""
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: wrong
            videos:
              ended: { source: "https://cdn.example.com/host.mp4?X-Goog-Date=20200101T000000Z&X-Goog-Expires=60&{{AnySignature}}{{SourceSignature}}", duration: 6s }
              plain: { source: "http://cdn.example.com/host.mp4?{{AnySignature}}{{SourceSignature}}", duration: 6s }
              private: { source: "https://10.0.0.1/host.txt?{{AnySignature}}{{SourceSignature}}", duration: 6s }
              login: { source: "https://canaryUSER:canaryPASSWORD@cdn.example.com/host.mp4?sig={{SourceSignature}}", duration: 6s }
              scheme: { source: "ftp://cdn.example.com/host.mp4?token={{SourceSignature}}" }
              unclosed: { source: 'https://cdn.example.com/{{new string('v', 90)}}.mp4?sig={{SourceSignature}}' }
            audio:
              hello: { source: quickstart/audio/hello.wav }
              unused: { source: "https://cdn.example.com/a.mp3?{{AnySignature}}{{SourceSignature}}" }
            jobs:
              - { id: ended, video: ended, faces: [{ face: { only: true }, audio: hello }] }
              - { id: plain, video: plain, faces: [{ face: { only: true }, sound_file: "https://cdn.example.com/a.txt?{{AnySignature}}{{SourceSignature}}" }] }
              - { id: private, video: private, faces: [{ face: { only: true }, audio: "https://cdn.example.com/b.mp3?sig={{SourceSignature}}" }] }
              - { id: login, video: login, faces: [{ face: { only: true }, audio: hello }] }
              - { id: scheme, video: scheme, faces: [{ face: { only: true }, audio: hello }] }
              - { id: long, video: unclosed, face_choose: [{ face_id: "0", sound_file: "https://cdn.example.com/c.mp3?token={{SourceSignature}}", sound_start_time: 0, sound_end_time: 1, sound_insert_time: 0 }] }
            """);
        simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { Speed = 50, Render = false, ApiKey = Key, MediaFolder = hosted.Path, ResultQuery = $"?{AnySignature}{ResultSignature}" }, TimeProvider.System, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (simulator is not null)
        {
            await simulator.DisposeAsync();
        }

        folder.Dispose();
        hosted.Dispose();
    }

    [Fact]
    public async Task Everything_EveryFormatAndLogLevel_KeepsItsSecrets()
    {
        string[] levels = ["debug", "info", "warning", "error", "none"];
        foreach (var level in levels)
        {
            await RunAsync("validate", "quickstart/flow.yaml", "--log-level", level);
        }

        foreach (var format in new[] { "json", "github", "sarif" })
        {
            await RunAsync("validate", "quickstart/flow.yaml", "--format", format, "--sarif", $"validate-{format}.sarif");
            await RunAsync("validate", "quickstart/flow.yaml", "--online", "--format", format);
        }

        await RunAsync("validate", "wrong.yaml", "--log-level", "debug");
        await RunAsync("plan", "wrong.yaml");
        foreach (var format in new[] { "json", "github", "sarif" })
        {
            await RunAsync("validate", "wrong.yaml", "--format", format, "--online");
        }

        foreach (var format in new[] { "text", "markdown", "github", "sarif" })
        {
            await RunAsync("plan", "quickstart/flow.yaml", "--format", format, "--log-level", "debug");
        }

        await RunAsync("identify", "quickstart/flow.yaml", "--log-level", "debug");
        await RunAsync("plan", "quickstart/flow.yaml", "--select", "one", "--max-jobs", "1");
        await RunAsync("plan", "quickstart/flow.yaml", "--group-by", "see", "--all");
        await RunAsync("plan", "quickstart/flow.yaml", "--select", $"see=*{AnySignature}{SourceSignature}", "--format", "markdown", "--all");
        await RunAsync("run", "quickstart/flow.yaml", "--select", "one", "--log-level", "debug");
        await RunAsync("run", "quickstart/flow.yaml", "--format", "json", "--log-level", "debug");
        foreach (var level in levels)
        {
            await RunAsync("run", "quickstart/flow.yaml", "--fresh", "--log-level", level);
        }

        await RunAsync("run", "quickstart/flow.yaml", "--select", $"see=*{AnySignature}{SourceSignature}", "--junit", "run.xml", "--sarif", "run.sarif", "--report", "run.html", "--format", "github", "--fresh");
        await RunAsync("plan", "quickstart/flow.yaml", "--against", "quickstart/out/signed/results.json", "--format", "markdown");
        await RunAsync("status", "quickstart/flow.yaml");
        await RunAsync("status", "quickstart/flow.yaml", "--format", "json");
        await RunAsync("status", "quickstart/flow.yaml", "--job", "one", "--format", "json");
        await RunAsync("status", "quickstart/flow.yaml", "--job", "two");
        await RunAsync("settle", "quickstart/flow.yaml", "one", "--adopt", "no-such-request");
        await RunAsync("verify", "quickstart/out/signed", "--all");
        await RunAsync("verify", "quickstart/out/signed", "--format", "json");
        await RunAsync("report", "quickstart/out/signed/results.json");
        await RunAsync("merge", "quickstart/out/signed/results.json", "-o", "merged/results.json");
        await RunAsync("doctor", "quickstart/flow.yaml", "--format", "json", "--log-level", "debug");
        await RunAsync("preview", "quickstart/flow.yaml");

        // Silent because it hides them, not because it said nothing.
        Assert.Contains(said, static output => output.Contains("GKF4", StringComparison.Ordinal) && output.Contains("=***", StringComparison.Ordinal));
        Assert.Contains(said, static output => output.Contains("X-Goog-Signature=…", StringComparison.Ordinal));
        Assert.True(File.Exists(folder.File("merged/results.json")), said[^3]);
        var results = File.ReadAllText(folder.File("quickstart/out/signed/results.json"));
        Assert.Contains("\"video_url\": \"https://cdn.example.com/host.mp4\"", results, StringComparison.Ordinal);
        Assert.Contains("\"status\": \"succeeded\"", results, StringComparison.Ordinal);
        AssertSilent([.. Secrets, .. Signatures]);
    }

    [Fact]
    public async Task WhatHoldsAddressesWhole_IsTheStateAndASavedPlanAlone()
    {
        var plan = await RunAsync("plan", "quickstart/flow.yaml", "-o", "plan.json");
        await RunAsync("run", "plan.json");
        await RunAsync("run", "quickstart/flow.yaml", "--format", "json");

        Assert.True(plan.ExitCode == 0, plan.Error);
        AssertSilent(Secrets);
        Assert.Equal(["plan.json", "quickstart/.gkflow/state.db", "quickstart/flow.yaml", "wrong.yaml"], Holding(SourceSignature));
        Assert.Equal(["quickstart/.gkflow/state.db"], Holding(ResultSignature));
    }

    private async Task<CliResult> RunAsync(params string[] args)
    {
        var cli = new CliRunner(folder.Path)
        {
            Environment = { ["GMI_API_KEY"] = Key, ["GMI_ORG_ID"] = Organisation, ["GMI_BASE_URL"] = simulator?.BaseUrl.AbsoluteUri ?? "", ["PATH"] = Path.GetDirectoryName(Ffmpeg.FfmpegPath) ?? "" },
        };
        var result = await cli.RunAsync(args);
        said.Add($"gkflow {args[0]} {string.Join(' ', args.Where(static word => word.StartsWith("--", StringComparison.Ordinal)))} ({result.ExitCode})\n{result.Output}\n{result.Error}");
        Assert.True(result.ExitCode != Hosting.ExitCodes.Bug, said[^1]);
        return result;
    }

    // What a signed address has whoever signed it: the signatures of upload grants are the simulator's own.
    [GeneratedRegex("X-Goog-Signature=[0-9a-zA-Z]")]
    private static partial Regex SomeSignature();

    /// <summary>No output, no file's name and no file's bytes but the flow's and, for signatures, the state's.</summary>
    private void AssertSilent(params IReadOnlyList<string> canaries)
    {
        Assert.All(said, output => Assert.DoesNotMatch(SomeSignature(), output));
        foreach (var canary in canaries)
        {
            Assert.All(said, output => Assert.DoesNotContain(canary, output, StringComparison.OrdinalIgnoreCase));
            var mayHold = Secrets.Contains(canary) ? [] : new[] { "plan.json", "quickstart/.gkflow/state.db", "quickstart/flow.yaml", "wrong.yaml" };
            Assert.Empty(Holding(canary).Except(mayHold));
            Assert.DoesNotContain(Files(), file => file.Contains(canary, StringComparison.OrdinalIgnoreCase));
        }
    }

    // The write-ahead log is part of the state file, and gone when the last run has closed it.
    private string[] Holding(string canary) =>
    [
        .. Files()
            .Where(file => Encoding.Latin1.GetString(File.ReadAllBytes(folder.File(file))).Contains(canary, StringComparison.OrdinalIgnoreCase))
            .Select(static file => file.Replace("state.db-wal", "state.db", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder.Path, file).Replace('\\', '/'));
}
