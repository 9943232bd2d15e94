using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Something that happened in a run, for those who show it. Reported in the order of each job; jobs interleave.</summary>
public abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>Which pass of a chained job the request is of, from 1; null for a job with one pass, and for what is about no request.</summary>
    public int? Pass { get; init; }

    /// <param name="Jobs">How many jobs will be worked on; reused and skipped ones included.</param>
    public sealed record RunStarted(string RunId, int Jobs) : RunEvent;

    /// <param name="Passes">How many lip-syncs follow one another in it: one, or with <c>multi_face: chain</c> one for each face.</param>
    public sealed record JobStarted(string JobId, int Passes) : RunEvent;

    /// <param name="File">The path as written in the flow.</param>
    public sealed record UploadStarted(string JobId, string File, long Bytes) : RunEvent;

    public sealed record UploadFinished(string JobId, string File) : RunEvent;

    /// <summary>A POST is about to be made; its intent is on disk.</summary>
    /// <param name="Number">From 1, of this request.</param>
    public sealed record AttemptStarted(string JobId, string Model, int Number) : RunEvent;

    public sealed record Submitted(string JobId, string Model, string RequestId) : RunEvent;

    /// <summary>An earlier request is taken up again instead of sending a new one.</summary>
    public sealed record Resumed(string JobId, string Model, string RequestId) : RunEvent;

    /// <summary>A request whose answer was lost was found in the service's list.</summary>
    public sealed record Adopted(string JobId, string Model, string RequestId) : RunEvent;

    /// <param name="StatusWord">As sent by the service.</param>
    /// <param name="IsRecognised">False for a word outside the documented seven: it counts as not finished.</param>
    public sealed record StatusChanged(string JobId, string Model, string RequestId, string StatusWord, bool IsRecognised) : RunEvent;

    /// <summary>A request's state was asked for. Not for people: for measurements.</summary>
    /// <param name="At">When the question was put.</param>
    /// <param name="Answered">False when there was no answer, or none that tells of the request.</param>
    public sealed record Polled(string JobId, string Model, string RequestId, DateTimeOffset At, TimeSpan Took, bool Answered) : RunEvent;

    /// <summary>The answer to a POST was lost; the request is looked up before anything else is done.</summary>
    public sealed record Unclear(string JobId, string Model, Failure Failure) : RunEvent;

    /// <summary>A wait that is not a poll: back-off after a refusal that will pass, or before a lost request is looked up again.</summary>
    public sealed record Waiting(string JobId, string Model, TimeSpan For, string Reason) : RunEvent;

    public sealed record Warned(string JobId, Diagnostic Diagnostic) : RunEvent;

    public sealed record Downloading(string JobId, string Output) : RunEvent;

    public sealed record JobFinished(JobResult Result) : RunEvent;

    /// <summary>Nothing new is submitted any more.</summary>
    public sealed record Stopping(RunEnd End, Failure? Reason) : RunEvent;

    public sealed record RunFinished(RunReport Report) : RunEvent;
}

/// <summary>Listens to a run. Called from several threads at once; must not throw.</summary>
public interface IRunEvents
{
    void Report(RunEvent runEvent);
}
