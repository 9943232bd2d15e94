using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>What looking a lost request up came to.</summary>
internal abstract record Settlement
{
    private Settlement()
    {
    }

    /// <summary>The service took it: from here on it is ours.</summary>
    public sealed record Found(RequestRecord Record) : Settlement;

    /// <summary>A list that would have it does not, long enough after the POST: it may be sent again.</summary>
    public sealed record NotTaken : Settlement;

    /// <summary>It can't be told now.</summary>
    public sealed record Undecided(Failure Failure) : Settlement;
}

/// <summary>Looks a request whose answer was lost up in the service's list (product 6, api-contract 8 trap 10).</summary>
internal sealed class Settler(RunScope run)
{
    private const int MostFailedLists = 3;

    /// <param name="isOurs">True when this run has sent it: its deadline has begun.</param>
    public async Task<Settlement> SettleAsync(StepSpec step, StoredRequest request, bool isOurs)
    {
        var lostAt = request.UnclearAt ?? request.IntentAt ?? run.Now;
        var believedFrom = lostAt + run.Options.SettleAfter;
        var deadline = (isOurs ? request.IntentAt ?? run.Now : run.Now) + run.Options.Deadline;
        var until = deadline > believedFrom ? deadline : believedFrom;
        var (tries, failedLate) = (0, 0);
        while (true)
        {
            var askedAt = run.Now;
            ListOutcome answer;
            try
            {
                answer = await run.Queue.ListAsync(step.Model, run.Patience(until), run.Stop.Waiting);
            }
            catch (OperationCanceledException)
            {
                return new Settlement.Undecided(StateFailures.Unsettled("the run was stopped before it could be looked up"));
            }

            var doubt = Judge(answer, request, lostAt, out var found);
            if (found is not null)
            {
                return new Settlement.Found(found);
            }

            if (askedAt >= believedFrom && doubt is null)
            {
                return new Settlement.NotTaken();
            }

            if (askedAt >= believedFrom && doubt is not null && (++failedLate >= MostFailedLists || run.Now >= until))
            {
                return new Settlement.Undecided(StateFailures.Unsettled(doubt));
            }

            var wait = run.Jitter.Backoff(++tries, null);
            wait = askedAt < believedFrom && run.Now + wait > believedFrom ? believedFrom - run.Now : wait;
            run.Events.Report(new RunEvent.Waiting(step.JobId, step.Model, wait, "looking for the request in the service's list") { Pass = step.Pass });
            try
            {
                await run.WaitAsync(wait, run.Stop.Waiting);
            }
            catch (OperationCanceledException)
            {
                return new Settlement.Undecided(StateFailures.Unsettled("the run was stopped before it could be looked up"));
            }
        }
    }

    /// <returns>Why a list without the request proves nothing; null when it does.</returns>
    private string? Judge(ListOutcome answer, StoredRequest request, DateTimeOffset lostAt, out RequestRecord? found)
    {
        found = null;
        if (answer is not ListOutcome.Listed list)
        {
            return answer is ListOutcome.Unavailable unavailable ? $"the list of requests can't be had ({unavailable.Failure.Message.TrimEnd('.')})" : "the list of requests can't be had";
        }

        // By the service's clock where it tells: with ours minutes off, a request that was taken would count as missing, and be paid for again.
        var offset = list.ClockOffset is { } told && told.Duration() > run.Options.ClockSkew / 5 ? told : TimeSpan.Zero;
        var sentAt = (request.FirstIntentAt ?? lostAt) + offset;
        var from = sentAt - run.Options.ClockSkew;
        var until = lostAt + offset + run.Options.ClockSkew;
        var candidates = list.Records
            .Where(r => r.Model == request.Model && (r.CreatedAt is not { } created || (created >= from && created <= until)))
            .Where(r => !run.Store.Requests.IsKnown(run.Options.Service, r.RequestId))
            .ToList();
        found = candidates
            .Where(r => r.Payload is { } payload && PayloadFingerprint.Of(payload) == request.PayloadSha256)
            // On a shared key a colleague may have sent the same a little earlier (times are whole seconds).
            .OrderBy(r => r.CreatedAt < sentAt - TimeSpan.FromSeconds(1))
            .ThenBy(r => r.CreatedAt)
            .ThenBy(r => r.RequestId, StringComparer.Ordinal)
            .FirstOrDefault();
        if (found is not null)
        {
            return null;
        }

        if (run.Store.Requests.Organization(request.Row) != run.Options.Organization)
        {
            return "it was sent with another GMI_ORG_ID, whose requests this list does not show: run with that one";
        }

        // The service does not always echo the payload (api-contract 8 trap 17): such a request may be ours.
        return candidates.Find(r => r.Payload is not { ValueKind: System.Text.Json.JsonValueKind.Object } echo || !echo.EnumerateObject().Any()) is { } silent
            ? $"request \"{silent.RequestId}\" does not show its payload and may be it"
            : list.IsComplete || ReachesBackTo(list.Records, from) ? null
            : "the list of requests is not complete";
    }

    // A cut list still proves absence when it is sorted, newest first, and goes back to before the request.
    private static bool ReachesBackTo(IReadOnlyList<RequestRecord> records, DateTimeOffset from)
    {
        if (records.Count == 0 || records.Any(r => r.CreatedAt is null))
        {
            return false;
        }

        for (var i = 1; i < records.Count; i++)
        {
            if (records[i].CreatedAt > records[i - 1].CreatedAt)
            {
                return false;
            }
        }

        return records[^1].CreatedAt < from;
    }
}
