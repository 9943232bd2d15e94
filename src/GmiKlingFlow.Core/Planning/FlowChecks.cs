using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Every check that needs no face: the API's rules and what a plan needs, on all that is known of a flow.</summary>
public static class FlowChecks
{
    /// <summary>Checks the sources, used or not, and every job that is not left out by <c>when</c>.</summary>
    public static void Check(Flow flow, KlingLimits limits, DiagnosticBag diagnostics)
    {
        var checker = new FlowChecker(limits, flow.Run);
        foreach (var video in flow.Videos.Values)
        {
            diagnostics.AddRange(checker.OfVideo(video));
        }

        foreach (var track in flow.Audio.Values)
        {
            diagnostics.AddRange(checker.OfTrack(track));
        }

        foreach (var job in flow.Jobs.Where(job => job.SkippedBecause is null))
        {
            diagnostics.AddRange(checker.OfJob(job).Problems);
        }
    }
}
