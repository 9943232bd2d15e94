using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Runtime.State;

/// <summary>How long a session is used: its life less a margin, so that it does not end between the check and the service's own.</summary>
internal static class SessionLife
{
    public static bool IsGood(DateTimeOffset identifiedAt, DateTimeOffset now, KlingLimits limits) =>
        now >= identifiedAt - limits.SessionMargin && now < identifiedAt + limits.SessionLife - limits.SessionMargin;
}
