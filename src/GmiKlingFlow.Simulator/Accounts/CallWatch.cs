using GmiKlingFlow.Simulator.Requests;
using Microsoft.AspNetCore.Http;

namespace GmiKlingFlow.Simulator.Accounts;

/// <summary>Counts every call, and notes an Authorization header wherever it has no business.</summary>
internal static class CallWatch
{
    public static void Note(HttpContext context, SimulatorLedger ledger)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        if (path == LedgerEndpoint.Path)
        {
            return;
        }

        var isQueue = path.StartsWith(QueueEndpoints.Base + "/", StringComparison.Ordinal);
        ledger.Count($"{method} {(isQueue ? Template(path[QueueEndpoints.Base.Length..]) : Room(path))}");
        if (!isQueue && context.Request.Headers.Authorization.Count > 0)
        {
            ledger.ReportStray(new StrayAuthorization(method, path));
        }
    }

    private static string Template(string path) => path.Split('/') switch
    {
        ["", "requests", _] => "/requests/{id}",
        ["", "models", _] => "/models/{id}",
        ["", "requests" or "models" or "upload-url"] => path,
        _ => "/*",
    };

    private static string Room(string path) => path.Split('/') switch
    {
        ["", "storage" or "media", ..] and var parts => $"/{parts[1]}/*",
        _ => "/*",
    };
}
