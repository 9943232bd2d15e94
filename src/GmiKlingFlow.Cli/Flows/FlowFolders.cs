using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Where a flow's videos and its state go (product 8).</summary>
/// <param name="Output">Absolute.</param>
/// <param name="State">Absolute.</param>
internal sealed record FlowFolders(string Output, string State)
{
    /// <param name="isOnlyFlow">False: <c>--out</c> holds a folder for each flow.</param>
    public static FlowFolders Of(Flow flow, Invocation invocation, bool isOnlyFlow)
    {
        var beside = Path.GetDirectoryName(flow.FullPath) ?? invocation.Context.WorkingDirectory;
        var output = invocation.OutputFolder is not { } given ? Path.Combine(beside, "out", flow.Name)
            : isOnlyFlow ? given
            : Path.Combine(given, flow.Name);
        return new FlowFolders(output, invocation.StateFolder ?? Path.Combine(beside, ".gkflow"));
    }
}
