using System.Runtime.CompilerServices;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>A file of the command line, as far as it could be read.</summary>
/// <param name="Flows">One for each YAML document; none when nothing of the file could be used, and the diagnostics tell why.</param>
/// <param name="Lock">The faces lock beside it; null where there is none, or, with a diagnostic, none that can be used.</param>
internal sealed record ReadFile(IReadOnlyList<Flow> Flows, FacesLock? Lock, DiagnosticBag Diagnostics);

/// <summary>Reads flows with what the command line says about vars, files and the environment.</summary>
/// <param name="online">True: the media at URLs are looked at too.</param>
/// <param name="hashes">False where nothing is planned: then only what a faces lock speaks of is hashed.</param>
/// <param name="files">Where all is read from, when it is not simply the disk.</param>
/// <param name="multiFace">The command line's word in place of the flow's.</param>
internal sealed class FlowReader(Invocation invocation, IReadOnlyList<string> allowPaths, bool online, bool hashes = true, IFlowFiles? files = null, MultiFace? multiFace = null)
{
    // Flows that share media share the reading of them. Beside a look at URLs the time for hashes is nothing.
    private readonly IFlowFiles disk = files ?? new DiskFlowFiles(hashes: hashes || online);
    private readonly IFlowFiles lockFiles = files ?? new DiskFlowFiles();

    private readonly FlowInputs inputs = InputsOf(invocation, allowPaths) with { MultiFace = multiFace };

    private OnlineReading? urls;

    /// <summary>What the command line says about vars, files and the environment.</summary>
    public static FlowInputs InputsOf(Invocation invocation, IReadOnlyList<string> allowPaths) => new(
        invocation.Context.WorkingDirectory,
        [.. allowPaths.Select(invocation.Context.FullPath)],
        invocation.Vars,
        invocation.VarFiles,
        invocation.Context.Environment);

    /// <remarks>Without <c>--online</c> nothing of the runtime is loaded: checking a flow starts fast.</remarks>
    public Task<ReadFile> ReadAsync(string path, CancellationToken cancellationToken) =>
        online ? ReadOnlineAsync(path, cancellationToken) : Task.FromResult(Read(path));

    /// <summary>The same without a look at URLs.</summary>
    public ReadFile Read(string path) => Read(disk, path);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<ReadFile> ReadOnlineAsync(string path, CancellationToken cancellationToken)
    {
        urls ??= new OnlineReading(disk, invocation.Context.Time);
        return urls.ReadAsync(seen => Read(seen, path), cancellationToken);
    }

    private ReadFile Read(IFlowFiles from, string path)
    {
        var diagnostics = new DiagnosticBag(invocation.Warnings);
        var fullPath = invocation.Context.FullPath(path);
        if (lockFiles.Resolve(FacesLockFiles.LockOf(fullPath)) is PathReading.Missing)
        {
            return new ReadFile(new FlowLoader(from).Load(path, inputs, diagnostics), null, diagnostics);
        }

        var flows = new FlowLoader(from.Hashes ? from : lockFiles).Load(path, inputs, diagnostics);
        return new ReadFile(flows, new FacesLockLoader(lockFiles).Load(fullPath, invocation.Context.WorkingDirectory, diagnostics), diagnostics);
    }
}
