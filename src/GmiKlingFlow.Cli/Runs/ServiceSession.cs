using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>What run and identify share on the way to the service: the key, the question, the parts, the options, the events.</summary>
internal sealed class ServiceSession(ServiceChoice service, bool spendsWithoutAsking, Invocation invocation)
{
    // A simulation's requests are done in about a second: the flow's waits are meant for a service that takes minutes.
    private static readonly TimeSpan SimulatedPollMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SimulatedPollMax = TimeSpan.FromMilliseconds(500);

    private readonly PriceUpdate prices = new(invocation.Context.Time);

    /// <summary>What the state keeps this service's work under.</summary>
    public string ServiceName => service.Name;

    public bool IsSimulated => service.IsSimulator;

    /// <summary>Whether there is a usable key, where one is needed; tells what is wrong with it.</summary>
    /// <param name="hasWork">False: nothing will be sent, so no key is needed.</param>
    public bool HasKey(bool hasWork, out QueueOptions? queue)
    {
        queue = null;
        if (service.IsSimulator || !hasWork)
        {
            return true;
        }

        (queue, var missing, var problem) = service.Queue(invocation.Context.Environment);
        if (missing is not null)
        {
            invocation.Tell([missing]);
        }

        if (problem is not null)
        {
            invocation.Tell(problem);
        }

        return missing is null && problem is null;
    }

    /// <summary>Whether there is someone to ask, and something to ask about (product 6).</summary>
    public bool Asks(int requests) =>
        invocation.Terminal.Traits.CanAsk && !spendsWithoutAsking && !service.IsSimulator && requests > 0;

    public bool Confirm(decimal usd) =>
        invocation.Terminal.Confirm($"Send this to {service.BaseUrl?.Host} and spend about {Money.Text(usd)}?");

    /// <summary>Opens the way to the service; starts the simulator for a simulation, and says that it is one.</summary>
    public async Task<ServiceParts> StartAsync(PlannableFlow flow, QueueOptions? queue, CancellationToken cancellationToken)
    {
        var (terminal, logLevel, time) = (invocation.Terminal, invocation.LogLevel, invocation.Context.Time);
        if (!service.IsSimulator)
        {
            return ServiceParts.ForService(queue, service.BaseUrl, terminal, logLevel, time);
        }

        var folder = Path.GetDirectoryName(flow.Flow.FullPath) ?? flow.Flow.FullPath;
        var parts = await ServiceParts.ForSimulationAsync(folder, LocalMedia(flow.Flow), Faces(flow.Lock), terminal, logLevel, time, cancellationToken);
        terminal.Say(parts.Simulator is { Renders: true }
            ? "Simulated: nothing is sent to GMI, nothing costs money. ffmpeg mixes the sound; lips don't move."
            : "Simulated: nothing is sent to GMI, nothing costs money. Without ffmpeg the results are the source videos.");
        return parts;
    }

    /// <summary>Asks the service what it costs and keeps that; says so where it is not what the built-in list says. A simulation asks nobody.</summary>
    /// <returns>What estimates and budget go by.</returns>
    public async Task<PriceList> PricesAsync(StateStore store, ServiceParts parts, CancellationToken cancellationToken)
    {
        if (!service.IsSimulator)
        {
            invocation.Tell(await prices.ApplyAsync(store, service.Name, parts.Queue, cancellationToken));
        }

        var now = store.PricesOf(service.PricedAs);
        if (!now.CostsAs(PriceList.BuiltIn))
        {
            invocation.Terminal.Say($"Prices by {now.Source}: {Differences(now)}.");
        }

        return now;
    }

    public RunOptions Options(PlannableFlow flow, RunSettings settings, ServiceParts parts)
    {
        var options = new RunOptions
        {
            OutputFolder = flow.Folders.Output,
            Organization = service.IsSimulator ? null : GmiKlingFlow.Runtime.State.ServiceName.Organization(invocation.Context.Environment("GMI_ORG_ID")),
            Service = service.Name,
            Host = parts.HostName,
            ToolVersion = GkflowCommand.Version,
            Warnings = invocation.Warnings,
        }.With(settings);
        return service.IsSimulator ? options with { PollMin = SimulatedPollMin, PollMax = SimulatedPollMax } : options;
    }

    /// <summary>Watches for the wish to stop, and shows progress on the way.</summary>
    /// <param name="asJson">True for the run's events on standard output; false shows progress to people.</param>
    /// <param name="run">What progress on a terminal is held against; null where there is only what happens.</param>
    public async Task<T> WatchAsync<T>(Flow flow, bool asJson, Func<IRunEvents, CancellationToken, Task<T>> work, LiveRun? run = null)
    {
        var (terminal, time) = (invocation.Terminal, invocation.Context.Time);
        await using var live = !asJson && terminal.Traits.CanRedraw ? new LiveProgress(terminal, time, run) : null;
        IRunEvents events = live ?? (IRunEvents)(asJson ? new RunEventJson(terminal, flow.Name, time) : new RunLog(terminal, time));
        using var watch = invocation.Context.Stop.Watch(
            () =>
            {
                // The live display says it in its own last line.
                if (live is null)
                {
                    terminal.Say("Stopping: nothing new is sent, answers under way are recorded. Once more stops at once.");
                }
            },
            () =>
            {
                live?.Abandon();
                terminal.Say("Stopped at once. What was under way is looked up by the next run before anything is sent; nothing is paid for twice.");
            });
        return await RunWatch.WorkAsync(flow.Name, invocation.Context, events, all => work(all, watch.Drain));
    }

    // A simulation shows what the service is known to find, so that what was reviewed can be tried.
    private static Dictionary<string, IReadOnlyList<Face>> Faces(FacesLock? faces) => (faces?.Videos ?? []).ToDictionary(
        static video => video.Fingerprint,
        static IReadOnlyList<Face> (video) => [.. video.Faces.Select(static face => face.Face)],
        StringComparer.Ordinal);

    private static string Differences(PriceList now) => string.Join(", ", new[] { ModelNames.IdentifyFace, ModelNames.LipSync }
        .Where(model => now.TextOf(model) != PriceList.BuiltIn.TextOf(model))
        .Select(model => $"{RunWords.Step(model)} {now.TextOf(model)} (built-in list: {PriceList.BuiltIn.TextOf(model)})"));

    private static string[] LocalMedia(Flow flow) =>
    [
        .. flow.Videos.Values.Select(static v => v.Source).Concat(flow.Audio.Values.Select(static a => a.Source))
            .OfType<MediaSource.LocalFile>()
            .Select(static file => file.FullPath),
    ];
}
