using System.Text.Json;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>Carries out what was decided about one job, and tells what it means.</summary>
/// <param name="flow">As given on the command line.</param>
internal sealed class JobSettlement(StateStore store, StoredJob job, Invocation invocation, string flow)
{
    private readonly HandSettlement settlement = new(store, invocation.Context.Time);

    /// <param name="requestId">The request to adopt; null abandons.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> DecideAsync(string? requestId, bool withoutAsking, CancellationToken cancellationToken)
    {
        var decision = requestId is null ? Abandon(withoutAsking) : await AdoptAsync(requestId, cancellationToken);
        switch (decision)
        {
            case null when requestId is null:
                invocation.Terminal.Say("Nothing was changed.");
                return ExitCodes.RefusedBeforeSpending;
            case null:
                return ExitCodes.WrongInput;
            case HandDecision.Refused refused:
                invocation.Tell(refused.Failure);
                invocation.Terminal.Say("Nothing was changed.");
                return refused.ByService ? ExitCodes.ServiceUnusable : ExitCodes.WrongInput;
            case HandDecision.Adopted adopted:
                if (adopted.Warning is { } warning)
                {
                    invocation.Terminal.Say($"warning: {warning}");
                }

                Tell(adopted.Request, "adopted", $"{RunWords.Step(adopted.Request.Model)} request {adopted.Request.RequestId} is adopted ({adopted.Request.QueueStatus}); {RunLine()} goes on from it.");
                return ExitCodes.Done;
            case HandDecision.Abandoned abandoned:
                Tell(abandoned.Request, "abandoned", $"its {RunWords.Step(abandoned.Request.Model)} request{(abandoned.Request.RequestId is { } id ? $" {id}" : "")} is given up; {RunLine()} sends it again.");
                return ExitCodes.Done;
            case var other:
                throw new InvalidOperationException($"A job was settled as {other.GetType().Name}.");
        }
    }

    private HandDecision? Abandon(bool withoutAsking)
    {
        if (settlement.WhyNot(job) is { } notOpen)
        {
            return notOpen;
        }

        var asks = invocation.Terminal.Traits.CanAsk && !withoutAsking;
        invocation.Terminal.Say("The next run sends the request again. If the service took the first one too, both are paid.");
        return asks && !invocation.Terminal.Confirm($"Give up the request of {Printable.Line(job.JobId)}?") ? null : settlement.Abandon(job);
    }

    private async Task<HandDecision?> AdoptAsync(string requestId, CancellationToken cancellationToken)
    {
        // What can be told without the service is told without asking it.
        if (settlement.WhyNot(job) is { } notOpen)
        {
            return notOpen;
        }

        var (queue, missing, problem) = ServiceChoice.Of(invocation, simulate: false).Queue(invocation.Context.Environment);
        if (queue is null || problem is not null)
        {
            if (problem is null)
            {
                invocation.Tell([missing is null ? CommandLineDiagnostics.KeyMissing() : CommandLineDiagnostics.KeyMissingToAdopt()]);
            }
            else
            {
                invocation.Tell(problem);
            }

            invocation.Terminal.Say("Nothing was changed.");
            return null;
        }

        await using var parts = ServiceParts.ForService(queue, queue?.BaseUrl, invocation.Terminal, invocation.LogLevel, invocation.Context.Time);
        return await settlement.AdoptAsync(job, requestId, parts.Queue, cancellationToken);
    }

    private string RunLine() => CommandText.Of(RunCommand.CommandName, [flow], []);

    private void Tell(StoredRequest request, string decision, string sentence)
    {
        if (invocation.Format != "json")
        {
            invocation.Terminal.Data.WriteLine($"{Printable.Line(job.JobId)}: {Printable.Line(sentence)}");
            return;
        }

        invocation.Terminal.WriteData(stream =>
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
            json.WriteStartObject();
            json.WriteString("flow", job.FlowName);
            json.WriteString("job", job.JobId);
            json.WriteString("service", job.Service);
            json.WriteString("model", request.Model);
            json.WriteString("decision", decision);
            json.WriteString("request_id", request.RequestId);
            json.WriteString("queue_status", request.QueueStatus);
            json.WriteEndObject();
        });
        invocation.Terminal.Data.WriteLine();
    }
}
