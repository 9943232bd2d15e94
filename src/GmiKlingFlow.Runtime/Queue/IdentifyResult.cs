using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What <c>kling-identify-face</c> found (api-contract 2.4).</summary>
/// <param name="SessionId">Valid for 24 h (api-contract 4.2).</param>
/// <param name="Faces">As returned and in that order; empty when no face was found.</param>
/// <param name="Unreadable">How many entries had no id or no times.</param>
/// <param name="ReportedUnits">Kling's <c>final_unit_deduction</c> as sent: units, not dollars; null when not sent.</param>
public sealed record IdentifyResult(string SessionId, IReadOnlyList<Face> Faces, int Unreadable, string? ReportedUnits);
