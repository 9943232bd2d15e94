namespace GmiKlingFlow.Simulator.Accounts;

/// <summary>One accepted request and what it cost.</summary>
/// <param name="PayloadSha256">Lower-case hex over the payload's bytes as they came.</param>
public sealed record Charge(string RequestId, string Model, string PayloadSha256, decimal Usd, DateTimeOffset At);
