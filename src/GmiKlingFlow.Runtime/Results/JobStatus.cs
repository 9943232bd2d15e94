using System.Text.Json.Serialization;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>What became of a job (product 7).</summary>
[JsonConverter(typeof(JobStatusConverter))]
public enum JobStatus
{
    /// <summary>Not started, or cut off by the run's end; the next run takes it up.</summary>
    Pending,

    /// <summary>Its output is there, checked.</summary>
    Succeeded,

    /// <summary>Its output was there already, with the right hash.</summary>
    Reused,

    Failed,

    /// <summary>Paid, and still running at its deadline: the next run looks once more.</summary>
    Stalled,

    /// <summary>Nobody knows whether the service took its request.</summary>
    Unknown,

    /// <summary>Left out by <c>when</c> or by the selection.</summary>
    Skipped,
}

/// <summary>The statuses' words in results and in the state.</summary>
internal sealed class JobStatusConverter() : JsonStringEnumConverter<JobStatus>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
