namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>What may name a video, an audio track or a face.</summary>
internal static class SourceName
{
    public static bool IsRight(string name) =>
        name is [not ('.' or '-'), ..] && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
