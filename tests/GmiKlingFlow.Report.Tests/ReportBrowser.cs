using System.Globalization;
using GmiKlingFlow.Cli.Tests;
using GmiKlingFlow.Cli.Tests.Commands;
using GmiKlingFlow.Testing;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(GmiKlingFlow.Report.Tests.ReportBrowser))]

namespace GmiKlingFlow.Report.Tests;

/// <summary>One browser for all tests, and the reports they look at: made once, by the program itself.</summary>
public sealed class ReportBrowser : IAsyncLifetime
{
    // A machine may stand still for a while: these tests ask what happens, never how fast.
    private const float Patience = 180_000;

    private readonly TemporaryFolder folder = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A simulated run of the example with two speakers: real videos, faces with pictures.</summary>
    public string Talk { get; private set; } = "";

    /// <summary>A thousand jobs in every state, with hostile words in some.</summary>
    public string Batch { get; private set; } = "";

    /// <summary>A few jobs of the same kind.</summary>
    public string Few { get; private set; } = "";

    public string Plan { get; private set; } = "";

    public string Empty { get; private set; } = "";

    /// <summary>The talk once more, in a place where its videos are not.</summary>
    public string Moved { get; private set; } = "";

    /// <summary>Where pictures of the pages are left for people; kept until the next time.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("GKFLOW_SCREENSHOTS") is { Length: > 0 } given ? given : Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public async ValueTask InitializeAsync()
    {
        await MakeReportsAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium(), Timeout = Patience, Args = ["--autoplay-policy=no-user-gesture-required"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        folder.Dispose();
    }

    internal async Task<OpenReport> OpenAsync(string file, bool dark = false, int width = 1280, int height = 900)
    {
        var context = await (browser ?? throw new InvalidOperationException("There is no browser.")).NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            TimezoneId = "UTC",
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(Patience);
        var report = new OpenReport(context, await context.NewPageAsync());
        await report.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return report;
    }

    private async Task MakeReportsAsync()
    {
        ExampleFlow.CopyTo(folder, "two-speakers");
        await RunAsync("run", "two-speakers/flow.yaml", "--simulate", "--no-progress");
        Talk = await ReportAsync("two-speakers/out/two-speakers/results.json");
        Moved = folder.Write("elsewhere/results.html", await File.ReadAllTextAsync(Talk));
        var plan = await RunAsync("plan", "two-speakers/flow.yaml", "--format", "json");
        folder.Write("two-speakers/plan.json", plan.Output);
        Plan = await ReportAsync("two-speakers/plan.json");
        folder.Write("batch/results.json", GivenResults.Of(1000));
        Batch = await ReportAsync("batch/results.json");
        folder.Write("few/results.json", GivenResults.Of(28));
        Few = await ReportAsync("few/results.json");
        folder.Write("empty/results.json", GivenResults.Of(0));
        Empty = await ReportAsync("empty/results.json");
    }

    private async Task<string> ReportAsync(string results) => folder.File((await RunAsync("report", results)).Output.TrimEnd('\n'));

    private async Task<CliResult> RunAsync(params string[] args)
    {
        var result = await new CliRunner(folder.Path).RunAsync(args);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"gkflow {string.Join(' ', args)}: {result.ExitCode}\n{result.Error}"));
    }

    private static string Chromium()
    {
        string[] names = OperatingSystem.IsWindows() ? ["chrome.exe", "msedge.exe"] : ["chromium", "chromium-browser", "google-chrome"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(place => Path.Combine(place, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium on the PATH. \"bash tests/run.sh\" installs it on Debian; elsewhere install Chromium or Chrome.");
    }
}
