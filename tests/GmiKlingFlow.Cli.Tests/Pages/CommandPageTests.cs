using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Pages;

/// <summary>The commands that a page calls wrong give its code, and those that it calls right don't; a service on this machine answers them.</summary>
public sealed class CommandPageTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>, IDisposable
{
    private const string Console = "https://console.gmicloud.ai/api/v1/ie/requestqueue/apikey";

    private readonly TemporaryFolder folder = new();
    private readonly List<TcpListener> listeners = [];

    public static TheoryData<string> Codes => [.. ExplanationPages.RunBy(PageRunner.Commands, Explanation.Codes)];

    public static TheoryData<string> RightCodes => [.. ExplanationPages.RunBy(PageRunner.Commands, Explanation.Codes).Where(static code => !ExplanationPages.RightNeedsMore.ContainsKey(code))];

    public void Dispose()
    {
        listeners.ForEach(static listener => listener.Dispose());
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Wrong_Code_GivesTheCode(string code)
    {
        var script = await GivenAsync(code, isRight: false);

        var result = await script.RunAsync(Example(code, "Wrong"));

        Assert.True((result.Output + result.Error).Contains(code, StringComparison.Ordinal), $"{code} is not told:\n{result.Output}\n{result.Error}");
    }

    [Theory]
    [MemberData(nameof(RightCodes))]
    public async Task Right_Code_IsDoneWithoutIt(string code)
    {
        var script = await GivenAsync(code, isRight: true);

        var result = await script.RunAsync(Example(code, "Right"));

        Assert.True(result.ExitCode == ExitCodes.Done && !(result.Output + result.Error).Contains($"{code}:", StringComparison.Ordinal), $"{result.ExitCode}\n{result.Output}\n{result.Error}");
    }

    private async Task<PageScript> GivenAsync(string code, bool isRight)
    {
        PageWorld.WriteTo(folder);
        var script = new PageScript(folder, simulator.Url)
        {
            Instead = { [Console] = simulator.Url, ["/proc/"] = "taken/", ["/etc/"] = "taken/", ["/usr/"] = "taken/", ["~/"] = "home/" },
        };
        switch (code)
        {
            case "GKF4212" when !isRight:
                script.Instead["# flow.yaml is edited"] = "cp edited.yaml flow.yaml";
                folder.Write("edited.yaml", PageWorld.Flow().Replace("4s", "3s", StringComparison.Ordinal));
                break;
            case "GKF4210":
                folder.Write("flow.yaml", PageWorld.Flow() + "    output: clips/host.mp4\n");
                break;
            case "GKF4213":
                Directory.CreateDirectory(folder.File("elsewhere"));
                folder.Write("flows/flow.yaml", PageWorld.Below(PageWorld.Flow()));
                folder.Write("elsewhere/flow.yaml", PageWorld.Below(PageWorld.Flow()));
                await script.RunAsync("gkflow plan flows/flow.yaml -o plan.json");
                break;
            case "GKF4214" when isRight:
                script.Instead["http://127.0.0.1:8080/requestqueue/apikey"] = simulator.Url;
                await script.RunAsync("gkflow plan flow.yaml -o plan.json");
                break;
            case "GKF5001":
                folder.Write("host.webm", "\u001aE\u00df\u00a3webm");
                folder.Write("flow.yaml", PageWorld.Flow().Replace("clips/", "", StringComparison.Ordinal));
                break;
            case "GKF6010":
                await script.RunAsync("gkflow identify flow.yaml");
                break;
            case "GKF6012" or "GKF6013" or "GKF6014":
                folder.Write("flow.yaml", code == "GKF6012" ? PageWorld.Flow() : PageWorld.TwoVideos());
                await script.RunAsync("gkflow identify flow.yaml");
                ChangeLock(count: code == "GKF6014" ? 2 : 1);
                if (code != "GKF6012")
                {
                    // A session that is known differs in the plan already.
                    Directory.Delete(folder.File(".gkflow"), recursive: true);
                }

                break;
            case "GKF7010" when !isRight:
                script.Instead[Console.Replace("console", "consol", StringComparison.Ordinal)] = ScriptedServer.Nowhere().AbsoluteUri;
                break;
            case "GKF8001" or "GKF8008":
                await script.RunAsync("gkflow run flow.yaml");
                folder.Write("backup/state.db", "");
                File.Copy(folder.File(".gkflow/state.db"), folder.File("backup/state.db"), overwrite: true);
                folder.Write("flow.yaml", PageWorld.Flow().Replace("4s", "3s", StringComparison.Ordinal));
                await script.RunAsync("gkflow run flow.yaml");
                break;
            case "GKF8007":
                folder.Write(".gkflow", "");
                break;
            case "GKF8030":
                script.Instead["host-en"] = "host-de";
                await script.RunAsync("gkflow run flow.yaml");
                break;
            case "GKF9012" when !isRight:
                script.Environment.Remove("GMI_API_KEY");
                break;
            case "GKF9018":
                await script.RunAsync("gkflow run flow.yaml");
                break;
            case "GKF9019" or "GKF9028" when code == "GKF9019" || isRight:
                await script.RunAsync("gkflow run launch.yaml\ngkflow run flows/launch.yaml");
                File.Delete(folder.File("flow.yaml"));
                break;
            case "GKF9021":
                script.Instead["8787"] = TakenPort();
                break;
            case "GKF9022" when isRight:
                folder.Write("de/launch.yaml", PageWorld.Below(PageWorld.Flow("launch-de")));
                folder.Write("fr/launch.yaml", PageWorld.Below(PageWorld.Flow("launch-fr")));
                break;
            case "GKF9032":
                await script.RunAsync("gkflow run flow.yaml");
                script.Environment.Remove("GMI_BASE_URL");
                break;
            case "GKF9033":
                folder.Write("flows.yaml", $"{PageWorld.Flow("first")}---\n{PageWorld.Flow("launch-trailer")}".Replace("host-de", "host", StringComparison.Ordinal));
                await script.RunAsync("gkflow run flows.yaml");
                break;
            case "GKF9060" or "GKF9061" or "GKF9063" or "GKF9110":
                folder.Write("index.html", "<!DOCTYPE html><title>The site's own page</title>");
                await script.RunAsync("gkflow run launch.yaml");
                break;
            case "GKF9034":
                await script.RunAsync("gkflow run flow.yaml --simulate");
                break;
            case "GKF9035" or "GKF9036":
                await script.RunAsync("gkflow plan flow.yaml -o plan.json");
                break;
        }

        return script;
    }

    private void ChangeLock(int count)
    {
        var path = folder.File("flow.faces.lock.yaml");
        var text = File.ReadAllText(path);
        var changed = new Regex(@"end_time: \d+").Replace(text, "end_time: 2500", count);
        Assert.NotEqual(text, changed);
        File.WriteAllText(path, changed);
    }

    private string TakenPort()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        listeners.Add(taken);
        taken.Start();
        return ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Example(string code, string section)
    {
        var match = Regex.Match(Explanation.Of(code) ?? "", $@"^## {section}\n\n```sh\n(.*?\n)```", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.True(match.Success, $"{code} has no commands under \"{section}\".");
        return match.Groups[1].Value;
    }
}

/// <summary>One service for all pages: each has a state of its own.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    private SimulatorServer? server;

    public string Url => server?.BaseUrl.AbsoluteUri ?? "";

    public async ValueTask InitializeAsync() =>
        server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 1000, Render = false }, TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
