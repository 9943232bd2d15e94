using Microsoft.Playwright;
using Xunit;

namespace GmiKlingFlow.Report.Tests;

/// <summary>A report in a browser window of its own, with a record of everything that should not happen.</summary>
internal sealed class OpenReport : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> offences = [];

    public OpenReport(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        // A video that is gone is told by the page itself, and by the browser too.
        page.Console += (_, message) => Note(message.Type is "error" or "warning" && !message.Text.Contains("ERR_FILE_NOT_FOUND", StringComparison.Ordinal), $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Dialog += (_, dialog) => Note(true, $"dialog: {dialog.Message}");
        page.Request += (_, request) => Note(!request.Url.StartsWith("file://", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal), $"request: {request.Url}");
    }

    public IPage Page { get; }

    public ILocator Search => Page.GetByRole(AriaRole.Searchbox);

    public ILocator Rows => Page.Locator(".job");

    public ILocator Count => Page.Locator("#count");

    public ILocator Slider => Page.GetByRole(AriaRole.Slider);

    public ILocator Row(string id) => Page.Locator(".job").Filter(new LocatorFilterOptions { Has = Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = id, Exact = true }) });

    /// <summary>Waits until something holds in the page, however long the machine takes. (The browser tools' own way to wait is a script that the page's policy keeps out.)</summary>
    public Task UntilAsync(string expression) =>
        Page.EvaluateAsync($"async () => {{ while (!({expression})) await new Promise(done => setTimeout(done, 20)); }}").WaitAsync(TimeSpan.FromMinutes(3));

    /// <summary>Leaves a picture for people.</summary>
    public async Task PictureAsync(string name, bool whole = false)
    {
        if (whole && Page.ViewportSize is { } size)
        {
            // What lies outside the window is not laid out.
            var height = await Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
            await Page.SetViewportSizeAsync(size.Width, Math.Clamp(height, size.Height, 6000));
        }

        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ReportBrowser.Screenshots, $"{name}.png"), FullPage = whole });
    }

    public void AssertCalm()
    {
        lock (offences)
        {
            Assert.True(offences.Count == 0, string.Join('\n', offences));
        }
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private void Note(bool isOffence, string what)
    {
        if (isOffence)
        {
            lock (offences)
            {
                offences.Add(what);
            }
        }
    }
}
