using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Runtime.State;

/// <summary>How long a session is used: its life less a margin, so that it does not end between the check and the service's own.</summary>
internal static class SessionLife
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(30);

    public static bool IsGood(DateTimeOffset identifiedAt, DateTimeOffset now, KlingLimits limits) =>
        now >= identifiedAt - Margin && now < identifiedAt + limits.SessionLife - Margin;
}
