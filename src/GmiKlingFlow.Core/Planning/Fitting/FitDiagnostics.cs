using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Fitting;

/// <summary>Clips that the service takes and that fit their face badly (GKF602x): one method per code.</summary>
internal static class FitDiagnostics
{
    /// <param name="choices">What would fit.</param>
    public static Diagnostic ClipOutlastsFace(Place? at, TimeRange clip, Face face, TimeSpan unseen, string? choices) => new("GKF6020", Severity.Warning,
        $"\"{Number(unseen)}\" ms of the clip ({Range(clip)}) play while face \"{face.Id}\" ({Range(face.Visible)}) is not seen. Move or shorten it.", at, choices);

    private static string Range(TimeRange range) => $"{Number(range.Start)}-{Number(range.End)} ms";

    private static string Number(TimeSpan time) => Milliseconds.Of(time).ToString(CultureInfo.InvariantCulture);
}
