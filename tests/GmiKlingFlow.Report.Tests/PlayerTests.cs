using Xunit;

namespace GmiKlingFlow.Report.Tests;

/// <summary>Source and result, played as one.</summary>
public sealed class PlayerTests(ReportBrowser browser)
{
    private const string Ready = "[...document.querySelectorAll('video')].length === 2 && [...document.querySelectorAll('video')].every(video => video.readyState >= 2)";

    [Fact]
    public async Task Seek_ByKeyOrPointer_MovesBoth()
    {
        await using var report = await browser.OpenAsync(browser.Talk);
        await report.UntilAsync(Ready);

        await report.Slider.FocusAsync();
        await report.Page.Keyboard.PressAsync("ArrowRight");
        await report.Page.Keyboard.PressAsync("ArrowRight");
        await report.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await report.UntilAsync(BothAt(1.9));
        Assert.Equal("0:01.9 of 0:11.0", await report.Slider.GetAttributeAsync("aria-valuetext"));

        var box = await report.Slider.BoundingBoxAsync();
        Assert.NotNull(box);
        await report.Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + 10);
        await report.UntilAsync("[...document.querySelectorAll('video')].every(video => Math.abs(video.currentTime - 5.5) < 0.2)");

        await report.Page.Keyboard.PressAsync("Home");
        await report.UntilAsync(BothAt(0));
        report.AssertCalm();
    }

    [Fact]
    public async Task Play_SourceThatDrifts_IsPutRight()
    {
        await using var report = await browser.OpenAsync(browser.Talk);
        await report.UntilAsync(Ready);

        await report.Page.GetByText("Play both").ClickAsync();
        await report.UntilAsync("[...document.querySelectorAll('video')].every(video => video.currentTime > 0.3)");
        await report.Page.EvaluateAsync("() => { document.querySelector('video').currentTime = 8; }");
        await report.UntilAsync("(([source, result]) => !source.seeking && Math.abs(source.currentTime - result.currentTime) < 0.25)([...document.querySelectorAll('video')])");

        Assert.True(await report.Page.EvaluateAsync<bool>("() => document.querySelector('video').muted && !document.querySelectorAll('video')[1].muted"));
        await report.Page.GetByLabel("Sound").SelectOptionAsync("both");
        Assert.True(await report.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('video')].every(video => !video.muted)"));
        report.AssertCalm();
    }

    [Fact]
    public async Task Open_VideosThatAreNotThere_AreSaidToBeMissing()
    {
        await using var report = await browser.OpenAsync(browser.Moved);
        await report.UntilAsync("document.querySelectorAll('.absent').length === 2");

        var shown = await report.Page.Locator(".sides").InnerTextAsync();
        Assert.Contains("Result not found", shown, StringComparison.Ordinal);
        Assert.Contains("interview.mp4", shown, StringComparison.Ordinal);
        Assert.False(await report.Page.Locator(".controls").IsVisibleAsync());
    }

    private static string BothAt(double seconds) =>
        FormattableString.Invariant($"[...document.querySelectorAll('video')].every(video => !video.seeking && Math.abs(video.currentTime - {seconds}) < 0.001)");
}
