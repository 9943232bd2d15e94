using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning;

/// <summary>A pass of a job with its key, before earlier work and faces are looked at.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Job">The job with this pass's entries only, as this pass sends them.</param>
/// <param name="Entries">Which of the whole job's entries these are.</param>
internal sealed record PassDraft(int Number, Job Job, IReadOnlyList<int> Entries, IReadOnlyList<EntryValues> Values, JobKey Key, string VideoKey)
{
    /// <summary>The content key of the pass's lip-sync.</summary>
    public string SyncKey { get; init; } = JobKeys.Request(ModelNames.LipSync, Key.Value);

    /// <summary>The result of this pass as the video of the next.</summary>
    public string ResultKey => $"pass:{SyncKey}";
}
