namespace GmiKlingFlow.Core.Planning.Saving;

/// <summary>Takes out of a new plan what an old one did not allow, or what its runs have done already.</summary>
internal static class PlanRemainder
{
    /// <param name="actions">Job id to the action that the old plan showed.</param>
    public static Plan Of(Plan now, IReadOnlyDictionary<string, string> actions, IReadOnlySet<string> spent)
    {
        var counter = new PlanCounter();
        List<PlannedJob> jobs = [.. now.Jobs.Select(job => Left(job, actions.GetValueOrDefault(job.Job.Id, "skip"), spent))];
        jobs.ForEach(counter.Count);
        return now with { Jobs = jobs, Summary = counter.Summary(jobs.Count, now.Summary.PriceSource) };
    }

    private static PlannedJob Left(PlannedJob job, string planned, IReadOnlySet<string> spent)
    {
        var sends = job.Action is JobAction.Create or JobAction.Change;
        return planned is "skip" or "blocked" ? Without(job, "not part of the plan")
            : sends && planned is "reuse" or "resume" ? Without(job, "the plan did not mean to send it")
            : sends && job.Steps.Any(step => step.Action == StepAction.Create && spent.Contains(step.ContentKey)) ? Without(job, "the plan has sent it already")
            : job;
    }

    private static PlannedJob Without(PlannedJob job, string reason) =>
        job.Action == JobAction.Skip ? job : job with { Action = JobAction.Skip, Reason = reason, Steps = [], Problems = [] };
}
