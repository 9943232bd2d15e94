using Microsoft.Playwright;
using Xunit;

namespace GmiKlingFlow.Report.Tests;

/// <summary>The report as people get it: in a browser, from the disk.</summary>
public sealed class PageTests(ReportBrowser browser)
{
    [Fact]
    public async Task Load_EveryReport_AsksForNothingElsewhereAndLogsNoError()
    {
        foreach (var file in new[] { browser.Talk, browser.Batch, browser.Plan, browser.Empty })
        {
            await using var report = await browser.OpenAsync(file);
            await report.UntilAsync("document.querySelectorAll('.job').length === JSON.parse(document.getElementById('data').textContent).jobs.length");

            Assert.NotEmpty(await report.Page.Locator(".verdict").InnerTextAsync());
            report.AssertCalm();
        }
    }

    [Fact]
    public async Task Load_HostileWords_AreShownAsTheyAre()
    {
        await using var report = await browser.OpenAsync(browser.Batch);
        await report.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = GivenResults.Hostile, Exact = true }).ClickAsync();

        Assert.Contains(GivenResults.Hostile, await report.Page.Locator("#problems").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await report.Page.Locator("img").CountAsync());
        report.AssertCalm();
    }

    [Fact]
    public async Task Policy_ForeignScriptAndNetwork_AreBlocked()
    {
        await using var report = await browser.OpenAsync(browser.Empty);

        var ran = await report.Page.EvaluateAsync<bool>("() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.head.append(script); return window.ran === true; }");
        var fetched = await report.Page.EvaluateAsync<string>("() => fetch('http://127.0.0.1:9/').then(() => 'fetched', error => error.name)");
        var image = await report.Page.EvaluateAsync<string>(
            "() => new Promise(done => { document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective)); const image = new Image(); image.src = 'http://127.0.0.1:9/x.png'; document.body.append(image); })");

        Assert.Equal((false, "TypeError", "img-src"), (ran, fetched, image));
    }

    [Fact]
    public async Task Search_Words_LeavesJobsThatHaveThemAll()
    {
        await using var report = await browser.OpenAsync(browser.Batch);
        await report.Search.FillAsync("scene-01 LOCALE=de");

        Assert.Equal("10 of 1,000 jobs", await report.Count.InnerTextAsync());
        Assert.Equal(10, await report.Rows.CountAsync());

        await report.Search.FillAsync("no such job");
        Assert.True(await report.Page.GetByText("No job fits.").IsVisibleAsync());
        await report.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show all" }).ClickAsync();
        Assert.Equal("1,000 jobs", await report.Count.InnerTextAsync());
    }

    [Fact]
    public async Task States_Chosen_LeaveTheirJobsAndFailuresLeadToThem()
    {
        await using var report = await browser.OpenAsync(browser.Batch);
        await report.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "20 failed" }).ClickAsync();

        Assert.Equal("20 of 1,000 jobs", await report.Count.InnerTextAsync());
        Assert.Contains("GKF7021", await report.Rows.First.InnerTextAsync(), StringComparison.Ordinal);

        await report.Page.Locator("#problems .link").First.ClickAsync();
        Assert.Contains("Way out", await report.Page.Locator(".details").InnerTextAsync(), StringComparison.Ordinal);
        report.AssertCalm();
    }

    [Fact]
    public async Task Order_LongestFirst_PutsTheLongestFirst()
    {
        await using var report = await browser.OpenAsync(browser.Batch);
        await report.Page.GetByLabel("Sort").SelectOptionAsync("state");

        Assert.Contains("failed", await report.Rows.First.InnerTextAsync(), StringComparison.Ordinal);

        await report.Page.GetByLabel("Bars").SelectOptionAsync("alone");
        Assert.Equal("0%", await report.Page.Locator(".phase.queued").First.EvaluateAsync<string>("bar => bar.style.left.replace(/^0\\.000%$/, '0%')"));
        report.AssertCalm();
    }

    [Fact]
    public async Task Details_OfAJob_TellFacesClipsRequestsAndCost()
    {
        await using var report = await browser.OpenAsync(browser.Talk);
        var details = await report.Page.Locator(".details").InnerTextAsync();

        Assert.All(["mia", "ben", "question", "answer", "4.80 s – 10.20 s", "Identify faces", "Lip-sync", "$0.21"], word => Assert.Contains(word, details, StringComparison.Ordinal));
        Assert.Equal(2, await report.Page.Locator("img.face").CountAsync());
        Assert.Equal(2, await report.Page.Locator(".track .clip").CountAsync());
    }

    [Fact]
    public async Task Plan_Report_ShowsWhatWouldBeSent()
    {
        await using var report = await browser.OpenAsync(browser.Plan);
        await report.PictureAsync("plan-light", whole: true);

        Assert.Equal("1 job to run", await report.Page.Locator(".verdict").InnerTextAsync());
        Assert.Contains("sound_insert_time", await report.Page.Locator(".payload").Last.TextContentAsync() ?? "", StringComparison.Ordinal);
        report.AssertCalm();
    }

    [Fact]
    public async Task Print_ManyJobs_PutsAllOfThemOnPaper()
    {
        await using var report = await browser.OpenAsync(browser.Talk);
        await report.Page.PdfAsync(new PagePdfOptions { Path = Path.Combine(ReportBrowser.Screenshots, "talk-print.pdf"), Format = "A4" });
        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await report.PictureAsync("talk-print", whole: true);

        Assert.False(await report.Search.IsVisibleAsync());
        Assert.True(await report.Page.GetByText("4.80 s – 10.20 s").IsVisibleAsync());

        await using var batch = await browser.OpenAsync(browser.Batch);
        await batch.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(1000, await batch.Rows.CountAsync());
    }

    [Fact]
    public async Task Narrow_Window_NeedsNoSidewaysScrolling()
    {
        const int Width = 400;
        foreach (var (file, name) in new[] { (browser.Talk, "talk"), (browser.Few, "few"), (browser.Plan, "plan") })
        {
            await using var report = await browser.OpenAsync(file, width: Width);
            await report.PictureAsync($"{name}-narrow", whole: true);

            Assert.Equal(Width, await report.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }
}
