using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>Which service a command speaks of: GMI's, another address, or the in-process simulator.</summary>
/// <param name="Name">What the state keeps its work under.</param>
/// <param name="BaseUrl">Null for the simulator, whose address is known only once it runs, and where the address given is none.</param>
/// <param name="GivenUrl">The address as given; null where the usual one is meant.</param>
internal sealed record ServiceChoice(string Name, Uri? BaseUrl, string? GivenUrl)
{
    public bool IsSimulator => Name == ServiceName.Simulator;

    public static ServiceChoice Of(Invocation invocation, bool simulate)
    {
        if (simulate)
        {
            return new ServiceChoice(ServiceName.Simulator, null, null);
        }

        var given = invocation.BaseUrl ?? invocation.Context.Environment("GMI_BASE_URL");
        var url = given is null ? QueueOptions.PublicBaseUrl : Uri.TryCreate(given.TrimEnd('/'), UriKind.Absolute, out var parsed) ? parsed : null;
        return new ServiceChoice(url is null ? "" : ServiceName.Of(url), url, given);
    }

    /// <summary>The queue with the key of the environment, checked before anything is sent.</summary>
    public (QueueOptions? Options, Diagnostic? Missing, Failure? Problem) Queue(Func<string, string?> environment)
    {
        if (BaseUrl is not { } url)
        {
            return (null, null, ServiceFailures.BaseUrlUnusable(GivenUrl ?? ""));
        }

        if (environment("GMI_API_KEY") is not { } key)
        {
            return (null, CommandLineDiagnostics.KeyMissing(), null);
        }

        var options = new QueueOptions(url, key, environment("GMI_ORG_ID"));
        return (options, null, options.Problem());
    }
}
