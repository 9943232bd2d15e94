using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Turns a flow into a plan. Sends nothing, writes nothing, reads no clock: the same inputs give the same plan.</summary>
public static class Planner
{
    /// <param name="diagnostics">What earlier stages found: an error blocks the jobs it stands against. The planner's own findings about chosen jobs are added.</param>
    public static Plan Plan(Flow flow, PlanInputs inputs, DiagnosticBag diagnostics)
    {
        var drafts = new JobDrafts(flow, inputs, diagnostics).Make();
        (Sharding? Sharding, IReadOnlyList<int?> Of) shared = (null, []);
        if (inputs.Selection.Shard is { } shard)
        {
            List<JobDraft> all = [.. drafts];
            (drafts, shared) = (all, ShardUnits.Share(shard, all));
        }

        var planning = new JobPlanning(flow, inputs);
        var jobs = new List<PlannedJob>(flow.Jobs.Count);
        foreach (var (index, draft) in drafts.Index())
        {
            var job = planning.Plan(draft, shared.Sharding is null ? null : shared.Of[index]);
            jobs.Add(job);
            if (job.Action != JobAction.Skip)
            {
                diagnostics.AddRange(job.Problems);
            }
        }

        diagnostics.AddRange(new FlowChecker(inputs.Limits, flow.Run, inputs.InlineAudio).OfUnbuilt(flow));
        NameSelectionsWithoutJobs(flow, inputs.Selection, diagnostics);
        return new Plan(flow, jobs, planning.Summary(jobs), diagnostics.Sorted()) { Lock = inputs.Lock, Sharding = shared.Sharding };
    }

    private static void NameSelectionsWithoutJobs(Flow flow, JobSelection selection, DiagnosticBag diagnostics)
    {
        foreach (var glob in selection.Select)
        {
            if (!flow.Jobs.Any(job => JobSelection.Fits(glob, job)))
            {
                diagnostics.Add(PlanDiagnostics.NothingSelected(glob, NearestName.Of(glob, flow.Jobs.Select(job => job.Id))));
            }
        }
    }
}
