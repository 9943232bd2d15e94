using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>What trying to submit a request came to.</summary>
internal abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>The caller now holds a place in flight, and leaves it.</summary>
    public sealed record Taken(StoredRequest Request, RequestRecord Record) : Submission;

    /// <summary>Nobody knows; no place is held.</summary>
    public sealed record Unclear(StoredRequest Request) : Submission;

    /// <summary>No place is held.</summary>
    public sealed record Ended(StepEnd End) : Submission;

    /// <summary>The very same request is on record under another content key, sent already; no place is held.</summary>
    public sealed record SameAs(StoredRequest Request) : Submission;

    /// <summary>Surely not taken, or not even tried; the same may be tried again. No place is held.</summary>
    /// <param name="Wait">How long to wait first; null to go on at once.</param>
    public sealed record Again(StoredRequest? Request, SubmitOutcome.NotNow? Wait) : Submission;
}
