using System.Collections.Concurrent;
using System.Globalization;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Simulator.Hosting;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>The sessions of 24 hours (api-contract 4.2, older official text).</summary>
internal sealed class SessionBook(TimeProvider time, SeededIds ids, KlingLimits limits)
{
    private readonly ConcurrentDictionary<string, KlingSession> sessions = new(StringComparer.Ordinal);

    public KlingSession Open(Func<string, DateTimeOffset, KlingSession> make)
    {
        var session = make(ids.NextSession(), time.GetUtcNow());
        sessions[session.Id] = session;
        return session;
    }

    public KlingAnswer<KlingSession> Find(string id)
    {
        if (!sessions.TryGetValue(id, out var session))
        {
            return KlingAnswer<KlingSession>.Invalid($"session_id: \"{(id.Length > 64 ? id[..64] : id)}\" does not exist");
        }

        return time.GetUtcNow() - session.CreatedAt <= limits.SessionLife
            ? new KlingAnswer<KlingSession>.Accepted(session)
            : KlingAnswer<KlingSession>.Invalid(string.Create(CultureInfo.InvariantCulture, $"session_id: \"{id}\" has expired after {limits.SessionLife.TotalHours:0.#} hours"));
    }
}
