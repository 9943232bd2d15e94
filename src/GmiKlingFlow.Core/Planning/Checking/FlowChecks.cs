using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning.Checking;

/// <summary>Every check that needs no service: the API's rules and what a plan needs, on all that is known of a flow.</summary>
public static class FlowChecks
{
    /// <summary>Checks the sources, used or not, and every job that is not left out by <c>when</c>.</summary>
    /// <param name="faces">The reviewed faces, which decide what else waits for identify; their flow is read with hashes. Null: there is no lock.</param>
    public static void Check(Flow flow, KlingLimits limits, DiagnosticBag diagnostics, FacesLock? faces = null)
    {
        var locked = new LockedFaces(faces);
        var checker = new FlowChecker(limits, flow.Run);
        foreach (var video in flow.Videos.Values)
        {
            diagnostics.AddRange(checker.OfVideo(video));
        }

        foreach (var track in flow.Audio.Values)
        {
            diagnostics.AddRange(checker.OfTrack(track));
        }

        diagnostics.AddRange(checker.OfUnbuilt(flow));
        foreach (var job in flow.Jobs.Where(job => job.SkippedBecause is null))
        {
            var problems = checker.OfJob(job).Problems;
            diagnostics.AddRange(problems);
            if (faces is not null && problems.All(static problem => problem.Severity != Severity.Error))
            {
                CheckFaces(job, locked, limits, diagnostics);
            }
        }
    }

    /// <summary>Checks the result of a pass as the source of the next.</summary>
    public static IEnumerable<Diagnostic> OfResult(Video result, KlingLimits limits) => ApiRules.Check(RuleSubjects.Of(result), limits);

    private static void CheckFaces(Job job, LockedFaces locked, KlingLimits limits, DiagnosticBag diagnostics)
    {
        var videoKey = ContentIdentity.Of(job.Video.Source);
        if (locked.Find(videoKey) is not { } video)
        {
            diagnostics.AddRange(locked.Problem(job.Video, videoKey) is { } problem ? [problem] : []);
            return;
        }

        IReadOnlyList<Face> faces = [.. video.Faces.Select(static face => face.Face)];
        var found = new DiagnosticBag();
        SyncResolver.Choose(job, faces, faces, isResult: false, limits, found);
        diagnostics.AddRange(found);
    }
}
