using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning;

/// <summary>What a plan will cost and how long it will take, as well as that can be told beforehand.</summary>
public static class Estimates
{
    /// <summary>A guess: nobody has published how long identify takes through GMI; comparable calls took 10 to 60 s (api-contract 2.4).</summary>
    public static readonly TimeSpan TypicalIdentify = TimeSpan.FromSeconds(40);

    /// <summary>A guess: nobody has published how long lip-sync takes through GMI; clients give up after 10 minutes (api-contract 3, timings).</summary>
    public static readonly TimeSpan TypicalSync = TimeSpan.FromMinutes(4);

    // A guess like the one above, which it gives for a video of 10 s: a start, and then so long for each second of video.
    private const int SyncPerVideoTime = 18;
    private static readonly TimeSpan SyncStart = TimeSpan.FromMinutes(1);

    /// <returns>How long a lip-sync of a video may take: what balances shards. <see cref="TypicalSync"/> where its length is not known.</returns>
    public static TimeSpan Sync(Video video) => video.Duration is { } length
        ? SyncStart + (SyncPerVideoTime * length)
        : TypicalSync;

    /// <returns>How long a run of this plan takes with the flow's concurrency; null when it waits for nothing.</returns>
    public static TimeSpan? Duration(Plan plan)
    {
        var syncs = plan.Summary.Requests[ModelNames.LipSync];
        var inFlight = Math.Max(1, plan.Flow.Run.Concurrency);
        var waited = syncs + plan.Summary.Resume + plan.Jobs.Count(job => job is { Action: JobAction.Settle, Steps: [.., { Action: StepAction.Reuse }] });
        return waited == 0
            ? null
            : (Rounds(ModelNames.IdentifyFace, plan.Summary.Requests[ModelNames.IdentifyFace]) * TypicalIdentify) + (Rounds(ModelNames.LipSync, waited) * TypicalSync);

        // The passes of one job wait for each other, however many requests may be in flight.
        int Rounds(string model, int requests) => Math.Max(
            (requests + inFlight - 1) / inFlight,
            plan.Jobs.Max(job => job.Steps.Count(step => step.Model == model && step.Action == StepAction.Create)));
    }

    /// <returns>The sum over the entries, each billed by its clip's started blocks; where a clip is not known yet, by all of its audio.</returns>
    internal static decimal SyncUsd(PassDraft pass, PlanInputs inputs)
    {
        decimal sum = 0;
        for (var i = 0; i < pass.Values.Count; i++)
        {
            sum += inputs.Prices.SyncUsd(Clip(pass.Job.Entries[i], pass.Values[i], inputs.Limits));
        }

        return sum;
    }

    private static TimeSpan Clip(FaceEntry entry, EntryValues values, KlingLimits limits)
    {
        if (values is { Start: { } start, End: { } end })
        {
            return SaturatedTime.Subtract(end.Value, start.Value);
        }

        return (entry.Sound.Value as Sound.Track)?.Audio.Duration ?? limits.AudioLongest;
    }
}
