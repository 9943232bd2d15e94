using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>Which service a command speaks of: GMI's, another address, or the in-process simulator.</summary>
/// <param name="Name">What the state keeps its work under.</param>
/// <param name="BaseUrl">Null for the simulator, whose address is known only once it runs, and where the address given is none.</param>
/// <param name="GivenUrl">The address as given; null where the usual one is meant.</param>
/// <param name="PricedAs">The service whose prices count: a simulation tells what the real one would cost.</param>
internal sealed record ServiceChoice(string Name, Uri? BaseUrl, string? GivenUrl, string PricedAs)
{
    public bool IsSimulator => Name == ServiceName.Simulator;

    /// <summary>The API's limits as they are for this service: one on this machine or network can fetch what others can't.</summary>
    public KlingLimits Limits => KlingLimits.Current with
    {
        PrivateHosts = IsSimulator || (BaseUrl is { } url && PrivateHost.Is(url)) ? null : Severity.Error,
    };

    public static ServiceChoice Of(Invocation invocation, bool simulate)
    {
        var given = invocation.BaseUrl ?? invocation.Context.Environment("GMI_BASE_URL");
        var url = given is null ? QueueOptions.PublicBaseUrl : Uri.TryCreate(given.TrimEnd('/'), UriKind.Absolute, out var parsed) ? parsed : null;
        var name = url is null ? "" : ServiceName.Of(url);
        return simulate ? new ServiceChoice(ServiceName.Simulator, null, null, name) : new ServiceChoice(name, url, given, name);
    }

    /// <summary>Why the address can't be a queue's, told before a plan is made for it; null when it can.</summary>
    public Failure? AddressProblem() => IsSimulator ? null
        : BaseUrl is { } url ? QueueOptions.ProblemOf(url)
        : ServiceFailures.BaseUrlUnusable(GivenUrl ?? "");

    /// <summary>The queue with the key of the environment, checked before anything is sent.</summary>
    public (QueueOptions? Options, Diagnostic? Missing, Failure? Problem) Queue(Func<string, string?> environment)
    {
        if (BaseUrl is not { } url)
        {
            return (null, null, AddressProblem());
        }

        if (environment("GMI_API_KEY") is not { } key)
        {
            return (null, CommandLineDiagnostics.KeyMissing(), null);
        }

        var options = new QueueOptions(url, key, environment("GMI_ORG_ID"));
        return (options, null, options.Problem());
    }
}
