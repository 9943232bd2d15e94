using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>A named point of the protocol at which the program is killed.</summary>
/// <param name="HitAsync">Ends when a started program stands there; the number says at which of several such places, from 1.</param>
/// <param name="IsLate">True: what was stopped before the service reaches it after the program's death.</param>
internal sealed record CrashPoint(string Name, Func<CrashSite, ProgramRun, int, Task> HitAsync, bool IsLate = false)
{
    private const string Identify = "POST /requests " + ModelNames.IdentifyFace;
    private const string Sync = "POST /requests " + ModelNames.LipSync;
    private const string Grant = "POST /upload-url";
    private const string Upload = "PUT /storage";
    private const string Query = "GET /requests/{id}";
    private const string List = "GET /requests";
    private const string Download = "GET /storage";

    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        At("upload: grant not asked for yet", Grant, Passage.Before),
        At("upload: granted, nothing sent", Upload, Passage.Before),
        At("upload: stored, not answered", Upload, Passage.After),
        Unrecorded("upload: answered, not recorded", new(Upload, Passage.After)),
        At("identify: intent recorded, POST not taken", Identify, Passage.Before),
        At("identify: intent recorded, POST taken late", Identify, Passage.Before) with { IsLate = true },
        At("identify: taken, at work", Identify, Passage.Taken),
        At("identify: taken, not answered", Identify, Passage.After),
        Unrecorded("identify: answered, not recorded", new(Identify, Passage.After)),
        At("sync: intent recorded, POST not taken", Sync, Passage.Before),
        At("sync: intent recorded, POST taken late", Sync, Passage.Before) with { IsLate = true },
        At("sync: taken, not answered", Sync, Passage.After),
        Unrecorded("sync: answered, not recorded", new(Sync, Passage.After)),
        OnEvent("sync: recorded as submitted", "submitted"),
        At("queued", Query, Passage.After, "queued"),
        At("processing", Query, Passage.After, "processing"),
        At("success not seen yet", Query, Passage.After, "success"),
        Unrecorded("success seen, not recorded", new(Query, Passage.After, "success")),
        At("success recorded, not downloaded", Download, Passage.Before),
        At("half downloaded", Download, Passage.Half),
        new("downloaded, not renamed", async static (site, run, number) =>
        {
            var trap = site.Set(new Crossing(Download, Passage.Whole), number);
            await trap.Reached;
            await site.UntilAsync(run, () => site.PartialFiles().Any(part => part.Length == site.LengthOf(part.Name)));
        }),
        new("renamed, not recorded", async static (site, run, number) =>
        {
            var trap = site.Set(new Crossing(Download, Passage.Half), number);
            await trap.Reached;
            var before = site.Videos().Count;
            site.BlockState();
            trap.Release();
            await site.UntilAsync(run, () => site.Videos().Count > before);
        }),
        OnEvent("job finished, results not written", "job_finished"),
        OnEvent("everything done", "run_finished", isLast: true),
        At("settling: list asked for", List, Passage.Before),
        Unrecorded("settling: list answered, nothing recorded", new(List, Passage.After)),
    ];

    public override string ToString() => Name;

    private static CrashPoint At(string name, string call, Passage passage, string status = "") =>
        new(name, (site, _, number) => site.Set(new Crossing(call, passage, status), number).Reached);

    private static CrashPoint OnEvent(string name, string eventName, bool isLast = false) =>
        new(name, (_, run, number) => run.EventAsync(eventName, isLast ? 1 : number));

    // The record is locked from outside before the answer is let through: the program has it and can't write it down.
    private static CrashPoint Unrecorded(string name, Crossing crossing) => new(name, async (site, _, number) =>
    {
        var trap = site.Set(crossing, number);
        await trap.Reached;
        site.BlockState();
        trap.Release();
        await Task.Delay(TimeSpan.FromMilliseconds(60), TimeProvider.System);
    });
}
