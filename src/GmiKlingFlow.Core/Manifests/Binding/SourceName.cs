using System.Text.RegularExpressions;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>What may name a video, an audio track or a face.</summary>
internal static partial class SourceName
{
    public static bool IsRight(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
