using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Linting;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>A flow ready to be planned.</summary>
internal sealed record PlannableFlow(Flow Flow, FlowFolders Folders, DiagnosticBag Diagnostics)
{
    /// <summary>The faces lock beside the flow; null where there is none.</summary>
    public FacesLock? Lock { get; init; }

    /// <summary>All flows of the file, this one among them: they share the lock.</summary>
    public IReadOnlyList<Flow> OfFile { get; init; } = [Flow];
}

/// <summary>What the state says; nothing where there is none yet.</summary>
/// <param name="Failure">Why it can't be used (exit code 5).</param>
internal sealed record OpenedState(StateStore? Store, Failure? Failure) : IDisposable
{
    public void Dispose() => Store?.Dispose();
}

/// <summary>From the command line to plans: reads the flows, asks the state, calls the planner. The same way for plan, run and identify.</summary>
/// <param name="invocation">With the common options that <paramref name="origin"/> names.</param>
/// <param name="onlyFailed">True: the jobs that failed, as the state has them now, take the place of <see cref="PlanOrigin.OnlyJobs"/>.</param>
internal sealed class FlowPlanning(Invocation invocation, PlanOrigin origin, bool onlyFailed, ServiceChoice service)
{
    public FlowPlanning(Invocation invocation, ParseResult parse, FlowOptions options, ServiceChoice service)
        : this(invocation, options.Origin(parse, invocation, service), parse.GetValue(options.OnlyFailed), service)
    {
    }

    /// <summary>Where flows are read from, when it is not simply the disk.</summary>
    public IFlowFiles? Files { get; init; }

    /// <summary>What <see cref="ReadAsync"/> told when it gave null.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; private set; } = [];

    /// <summary>Reads all flows and tells what is wrong with them.</summary>
    /// <returns>Null when one of them can't be planned at all, two would write to one place, or there can be no such service.</returns>
    public async Task<IReadOnlyList<PlannableFlow>?> ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        if (service.AddressProblem() is { } noService)
        {
            invocation.Tell(noService);
            Problems = [invocation.Told[^1]];
            return null;
        }

        var reader = new FlowReader(invocation, origin.AllowPaths, origin.Online, files: Files, multiFace: origin.MultiFace);
        var files = new List<ReadFile>();
        foreach (var path in paths.DistinctBy(invocation.Context.FullPath))
        {
            files.Add(await reader.ReadAsync(path, cancellationToken));
        }

        var isOnlyFlow = files.Sum(static file => file.Flows.Count) == 1;
        var (flows, complete) = (new List<PlannableFlow>(), true);
        foreach (var file in files)
        {
            flows.AddRange(file.Flows.Select(origin.Over).Select(flow => new PlannableFlow(flow, FlowFolders.Of(flow, invocation, isOnlyFlow), BagOf(flow, file)) { Lock = file.Lock, OfFile = file.Flows }));
            complete &= file.Flows.Count > 0;
        }

        if (!complete)
        {
            Problems = [.. files.SelectMany(static file => file.Diagnostics.Sorted())];
            invocation.Tell(Problems);
        }

        if (flows.GroupBy(static f => f.Folders.Output).FirstOrDefault(static group => group.Count() > 1)?.ToList() is [var first, var second, ..])
        {
            var shared = CommandLineDiagnostics.FlowsShareName(first.Flow.Name, first.Flow.File, second.Flow.File);
            Problems = [.. Problems, shared];
            invocation.Refuse(shared);
            complete = false;
        }

        return complete ? flows : null;
    }

    /// <summary>Opens a flow's state to look at it; makes nothing, and does not mind a run that holds it.</summary>
    public OpenedState OpenForReading(PlannableFlow flow) => Opened(StateStore.OpenForReading(flow.Folders.State));

    /// <summary>Takes a flow's state for a run.</summary>
    public OpenedState Open(PlannableFlow flow) => Opened(StateStore.Open(flow.Folders.State, invocation.Context.Time));

    /// <summary>What earlier runs left behind, for this flow at this service.</summary>
    public IKnownWork Known(PlannableFlow flow, OpenedState state) => state.Store is { } store
        ? new StoredWork(store, service.Name, flow.Folders.Output, invocation.Context.Time, service.Limits)
        : new NoKnownWork();

    /// <summary>What estimates go by: the service's own prices where a run has asked for them.</summary>
    public PriceList Prices(OpenedState state) => state.Store?.PricesOf(service.PricedAs) ?? PriceList.BuiltIn;

    /// <summary>What decides the plan of a flow besides the flow: kept with a plan that is saved.</summary>
    public PlanOrigin Origin(PlannableFlow flow, OpenedState state) =>
        onlyFailed ? origin with { OnlyJobs = [.. Failed(flow, state).Order(StringComparer.Ordinal)] } : origin;

    /// <param name="fresh">True: what earlier runs left behind is not looked at.</param>
    /// <param name="selection">Other jobs than the command line chooses; null for those.</param>
    /// <param name="anyFaces">True: the faces lock does not count, whatever identify finds is taken.</param>
    public Plan Plan(PlannableFlow flow, OpenedState state, bool fresh = false, JobSelection? selection = null, bool anyFaces = false)
    {
        FlowLint.Check(flow.Flow, service.Limits, flow.Diagnostics);
        if (onlyFailed && NoneFailed(flow, state) is { } none)
        {
            flow.Diagnostics.Add(none);
        }

        return Planner.Plan(flow.Flow, Inputs(flow, state, fresh, selection, anyFaces), flow.Diagnostics);
    }

    /// <summary>What is said of a plan's signed URLs now. It is no part of the plan, which does not depend on the clock.</summary>
    /// <param name="deadline">How long one job may take.</param>
    public DiagnosticBag SignedUrls(Plan plan, TimeSpan deadline)
    {
        var problems = new DiagnosticBag(invocation.Warnings);
        var sent = plan.Jobs.Where(static job => job.Action is JobAction.Create or JobAction.Change).Select(static job => job.Job);
        SignedUrlLint.Check(sent, deadline, invocation.Context.Time.GetUtcNow(), service.Limits, problems);
        return problems;
    }

    private PlanInputs Inputs(PlannableFlow flow, OpenedState state, bool fresh, JobSelection? selection, bool anyFaces) => new()
    {
        Limits = service.Limits,
        Known = fresh ? new NoKnownWork() : Known(flow, state),
        Prices = Prices(state),
        Selection = selection ?? Origin(flow, state).Selection(),
        Lock = anyFaces ? null : flow.Lock,
        InlineAudio = origin.InlineAudio,
        Folders = new OutputFolders(Real(flow.Folders.Output), Real(flow.Folders.State)),
    };

    // A file with one flow, nearly always, keeps its bag; the flows of a file with several share what was found in it.
    private DiagnosticBag BagOf(Flow flow, ReadFile file)
    {
        if (file.Flows.Count == 1)
        {
            return file.Diagnostics;
        }

        var bag = new DiagnosticBag(invocation.Warnings);
        bag.AddRange(file.Diagnostics);
        return bag;
    }

    // Sources are known by their real paths too. A path that can't be followed has its own failure when it is written to.
    private static string Real(string folder) => new DiskFlowFiles().Resolve(folder) switch
    {
        PathReading.Directory directory => directory.FullPath,
        PathReading.Missing missing => missing.FullPath,
        _ => folder,
    };

    private HashSet<string> Failed(PlannableFlow flow, OpenedState state) =>
        [.. Known(flow.Flow, state).Where(job => job.Service == service.Name && IsFailed(job)).Select(static job => job.JobId)];

    /// <returns>Why <c>--only-failed</c> chooses nothing; null where it chooses something.</returns>
    private Diagnostic? NoneFailed(PlannableFlow flow, OpenedState state)
    {
        var (known, name) = (Known(flow.Flow, state), flow.Flow.Name);
        var failed = known.Where(IsFailed).GroupBy(static job => job.Service).ToDictionary(static jobs => jobs.Key, static jobs => jobs.Count(), StringComparer.Ordinal);
        return failed.ContainsKey(service.Name) ? null
            : failed.OrderByDescending(static each => each.Value).ThenBy(static each => each.Key, StringComparer.Ordinal).FirstOrDefault() is { Key: { } other, Value: var jobs }
                ? PlanDiagnostics.FailedElsewhere(name, Shown(service.Name), Shown(other), jobs)
                : PlanDiagnostics.NoneFailed(name, Shown(service.Name), known.Any(job => job.Service == service.Name));

        static string Shown(string service) => service == ServiceName.Simulator ? "the simulator" : service;
    }

    private static IReadOnlyList<StoredJob> Known(Flow flow, OpenedState state) => state.Store?.ListJobs(flow.Name) ?? [];

    private static bool IsFailed(StoredJob job) => job.Status == "failed";

    private static OpenedState Opened(StateOpening opening) => opening switch
    {
        StateOpening.Opened opened => new OpenedState(opened.Store, null),
        StateOpening.Unusable unusable => new OpenedState(null, unusable.Failure),
        _ => new OpenedState(null, null),
    };
}
