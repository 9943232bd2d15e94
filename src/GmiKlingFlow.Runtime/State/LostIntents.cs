using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.State;

/// <summary>Holds a state against its intent log, and brings back what the state has lost: as unknown, to be looked up before anything is sent.</summary>
internal sealed class LostIntents(StateStore store, IReadOnlyList<LoggedIntent> logged)
{
    /// <summary>Intents that the state has no attempt for, oldest first.</summary>
    public IReadOnlyList<LoggedIntent> Find()
    {
        if (logged.Count == 0)
        {
            return [];
        }

        var attempts = store.Requests.Attempts();
        return
        [
            .. logged
                .GroupBy(i => (i.Service, i.ContentKey))
                .SelectMany(content => content.Skip(attempts.GetValueOrDefault(content.Key)))
                .OrderBy(i => i.At),
        ];
    }

    /// <summary>Null when the state says of each request's last attempt what the log says.</summary>
    public Failure? Contradiction(string file) => logged
        .GroupBy(i => (i.Service, i.ContentKey))
        .Select(content => content.Last())
        .Any(last => store.Requests.Newest(last.Service, last.ContentKey) is { } request && request.IntentAt == last.At && request.PayloadSha256 != last.PayloadSha256)
        ? StateFailures.NotAState(file)
        : null;

    public void BringBack(DateTimeOffset now)
    {
        var lost = Find();
        if (lost.Count == 0)
        {
            return;
        }

        store.Database.Write(() =>
        {
            foreach (var ofOne in lost.GroupBy(intent => (intent.Service, intent.Organization)))
            {
                var run = $"restored-{Guid.NewGuid():N}";
                store.Runs.Start(new RunStart(run, ofOne.Key.Service, "", "", "", now, "", IsSimulated: false) { Organization = ofOne.Key.Organization });
                foreach (var intent in ofOne)
                {
                    BringBack(intent, run);
                }
            }
        });
    }

    private void BringBack(LoggedIntent intent, string run)
    {
        var request = store.Requests.Newest(intent.Service, intent.ContentKey);
        if (request is null or { State: not (StepState.Pending or StepState.Intent or StepState.Unknown) })
        {
            request = store.Requests.Create(intent.Service, intent.ContentKey, intent.Model, run, StoredValues.Usd(intent.EstimatedMicroUsd), intent.At);
        }

        var lost = new RequestChange { UnclearAt = intent.At, Detail = "the record of it was lost" };
        if (request.State == StepState.Intent)
        {
            store.Requests.Move(request.Row, StepState.Unknown, lost, run, intent.At);
        }

        store.Requests.Move(request.Row, StepState.Intent, new() { PayloadSha256 = intent.PayloadSha256 }, run, intent.At);
        store.Requests.Move(request.Row, StepState.Unknown, lost, run, intent.At);
    }
}
