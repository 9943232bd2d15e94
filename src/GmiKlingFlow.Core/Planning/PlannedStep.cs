using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Whether a step sends a request or uses what an earlier one gave.</summary>
public enum StepAction
{
    Create,
    Reuse,
}

/// <summary>One request of a job, fully decided but for what is marked unknown.</summary>
/// <param name="Model"><c>kling-identify-face</c> or <c>kling-lip-sync</c>.</param>
/// <param name="Payload">What goes into <c>payload</c> of the POST, byte for byte once the unknowns are filled in.</param>
/// <param name="Unknown">JSON pointers into <paramref name="Payload"/>, in document order.</param>
/// <param name="EstimatedUsd">Zero for a reused step, and for an identify that an earlier job of the plan pays for.</param>
/// <param name="ContentKey">Lower-case hex SHA-256 of what makes two requests the same one: steps with equal keys share one submission.</param>
public sealed record PlannedStep(
    string Model,
    StepAction Action,
    PayloadValue.Object Payload,
    IReadOnlyList<string> Unknown,
    decimal EstimatedUsd,
    string ContentKey)
{
    /// <summary>What submitting this step costs, also where the plan does not expect to: a settled request may have to be sent again, a session may end.</summary>
    public decimal PriceUsd { get; init; }
}
