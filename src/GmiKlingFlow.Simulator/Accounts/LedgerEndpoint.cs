using GmiKlingFlow.Simulator.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace GmiKlingFlow.Simulator.Accounts;

/// <summary>GET /_simulator/ledger: the account for programs outside this process. Not a part of the simulated API.</summary>
internal static class LedgerEndpoint
{
    public const string Path = "/_simulator/ledger";

    public static void Map(IEndpointRouteBuilder routes, SimulatorLedger ledger) =>
        routes.MapMethods(Path, ["GET"], context => QueueAnswer.Json(Json(ledger)).ExecuteAsync(context));

    private static byte[] Json(SimulatorLedger ledger) => RecordWriter.Write(json =>
    {
        var charges = ledger.Charges;
        json.WriteStartObject();
        if (ledger.CreditUsd is { } credit)
        {
            json.WriteNumber("credit_usd", credit);
        }
        else
        {
            json.WriteNull("credit_usd");
        }

        json.WriteNumber("spent_usd", ledger.SpentUsd);
        json.WriteStartObject("requests");
        foreach (var group in charges.GroupBy(charge => charge.Model).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(group.Key, group.Count());
        }

        json.WriteEndObject();
        json.WriteStartArray("payloads");
        foreach (var group in charges.GroupBy(charge => (charge.Model, charge.PayloadSha256)))
        {
            json.WriteStartObject();
            json.WriteString("model", group.Key.Model);
            json.WriteString("payload_sha256", group.Key.PayloadSha256);
            json.WriteNumber("count", group.Count());
            json.WriteNumber("usd", group.Sum(charge => charge.Usd));
            json.WriteStartArray("request_ids");
            foreach (var charge in group)
            {
                json.WriteStringValue(charge.RequestId);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("calls");
        foreach (var (call, count) in ledger.Calls.OrderBy(call => call.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(call, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("stray_authorizations");
        foreach (var stray in ledger.StrayAuthorizations)
        {
            json.WriteStartObject();
            json.WriteString("method", stray.Method);
            json.WriteString("path", stray.Path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
