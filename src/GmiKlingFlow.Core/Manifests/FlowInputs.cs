using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>What a flow is loaded with besides its own text.</summary>
/// <param name="WorkingDirectory">Absolute; files are shown relative to it, and sources may lie below it.</param>
/// <param name="AllowedFolders">From <c>--allow-path</c>: sources may lie below these too.</param>
/// <param name="Vars">From <c>--var</c>, in order: a later one wins.</param>
/// <param name="VarFiles">From <c>--var-file</c>, in order; <paramref name="Vars"/> win over all of them.</param>
/// <param name="Environment">Gives an environment variable, or null where it is not set. Asked only for names in the flow's <c>env</c>.</param>
public sealed record FlowInputs(
    string WorkingDirectory,
    IReadOnlyList<string> AllowedFolders,
    IReadOnlyList<VarOverride> Vars,
    IReadOnlyList<string> VarFiles,
    Func<string, string?> Environment)
{
    /// <summary>From <c>--multi-face</c>: what <c>run.multi_face</c> is to templates; null for the flow's own word.</summary>
    public MultiFace? MultiFace { get; init; }
}

/// <summary>One <c>--var name=value</c>.</summary>
/// <param name="Name">A dotted name reaches into maps: <c>voice.speed</c>.</param>
/// <param name="Value">Read as a YAML scalar: <c>3</c> is a number, <c>"3"</c> is text.</param>
public sealed record VarOverride(string Name, string Value);
