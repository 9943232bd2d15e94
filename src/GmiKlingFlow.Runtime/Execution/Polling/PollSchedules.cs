using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>Schedules that go on from what earlier runs on the same state have seen.</summary>
internal static class PollSchedules
{
    // A state of before durations were kept has only when requests were seen to be done: that was late, by up to this share.
    private const double EarliestShare = 0.7;

    public static void Recall(PollSchedule schedule, string service, StateStore store)
    {
        foreach (var model in (ReadOnlySpan<string>)[ModelNames.IdentifyFace, ModelNames.LipSync])
        {
            var known = store.Durations.Newest(service, model);
            schedule.Recall(model, known.Count > 0 ? known : [.. store.Requests.Durations(service, model).Reverse().Select(static ms => Seen(ms / 1000))]);
        }
    }

    private static DurationSample Seen(double seconds) => new(seconds * EarliestShare, seconds);
}
