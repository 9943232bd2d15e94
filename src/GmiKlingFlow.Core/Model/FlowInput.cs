namespace GmiKlingFlow.Core.Model;

/// <summary>What a file is to a flow.</summary>
public enum FlowInputKind
{
    Flow,
    Include,
    VarFile,
    FacesLock,
    Subtitles,
    Video,
    Audio,
}

/// <summary>A text file that decided a flow, by its bytes as they were read. Media have their hashes with their sources.</summary>
/// <param name="FullPath">Absolute.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record FlowInput(FlowInputKind Kind, string FullPath, string Sha256, long Bytes);
