namespace GmiKlingFlow.Core.Planning;

/// <summary>The counts of a plan. An identify shared by several jobs is counted once.</summary>
/// <param name="Requests">Model to number of requests that will be sent.</param>
/// <param name="PriceSource">Where the prices come from, with its date, as shown to people.</param>
public sealed record PlanSummary(
    int Jobs,
    int Create,
    int Change,
    int Resume,
    int Settle,
    int Reuse,
    int Blocked,
    int Skip,
    IReadOnlyDictionary<string, int> Requests,
    decimal EstimatedUsd,
    string PriceSource);
