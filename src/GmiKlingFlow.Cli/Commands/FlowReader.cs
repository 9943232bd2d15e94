using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>A file of the command line, as far as it could be read.</summary>
/// <param name="Flows">One for each YAML document; none when nothing of the file could be used, and the diagnostics tell why.</param>
internal sealed record ReadFile(IReadOnlyList<Flow> Flows, DiagnosticBag Diagnostics);

/// <summary>Reads flows with what the command line says about vars, files and the environment.</summary>
/// <param name="hashes">False where nothing is planned.</param>
internal sealed class FlowReader(Invocation invocation, IReadOnlyList<string> allowPaths, bool hashes = true)
{
    // Flows that share media share the reading of them.
    private readonly FlowLoader loader = new(new DiskFlowFiles(hashes: hashes));

    private readonly FlowInputs inputs = new(
        invocation.Context.WorkingDirectory,
        [.. allowPaths.Select(invocation.Context.FullPath)],
        invocation.Vars,
        invocation.VarFiles,
        invocation.Context.Environment);

    public ReadFile Read(string path)
    {
        var diagnostics = new DiagnosticBag();
        return new ReadFile(loader.Load(path, inputs, diagnostics), diagnostics);
    }
}
