using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>Where the state of a flow on the command line lies, and which of its jobs are meant; works while the flow itself is broken.</summary>
/// <param name="FlowName">Null: all flows of the state are meant.</param>
/// <param name="Folder">Absolute.</param>
internal sealed record StateOfFlow(string? FlowName, string Folder)
{
    public const string UsualFlow = "flow.yaml";

    /// <param name="given">Null: <c>flow.yaml</c> here, or with <c>--state</c> every flow.</param>
    public static (StateOfFlow? State, Diagnostic? Problem) Of(string? given, Invocation invocation)
    {
        var file = given is null && invocation.StateFolder is not null ? null : invocation.Context.FullPath(given ?? UsualFlow);
        if (given is null && file is not null && !File.Exists(file))
        {
            return (null, CommandLineDiagnostics.NoFlowHere(invocation.Context.WorkingDirectory));
        }

        var (flowName, problem) = file is null ? (null, null) : Commands.FlowName.In(file);
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? invocation.Context.WorkingDirectory, ".gkflow");
        return problem is not null && invocation.StateFolder is null && !Directory.Exists(beside)
            ? (null, CommandLineDiagnostics.FlowNotReadable(given ?? UsualFlow, problem))
            : (new StateOfFlow(flowName, invocation.StateFolder ?? beside), null);
    }
}
