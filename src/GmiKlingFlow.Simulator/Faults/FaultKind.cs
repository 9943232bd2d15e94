namespace GmiKlingFlow.Simulator.Faults;

/// <summary>What goes wrong (api-contract 5.1). The word of a rule is the part in quotes.</summary>
public enum FaultKind
{
    /// <summary><c>400</c>: refused by the queue's own check of the parameters.</summary>
    BadRequest,

    /// <summary><c>401</c>: the key is refused.</summary>
    Unauthorized,

    /// <summary><c>402</c>: no credit.</summary>
    NoCredit,

    /// <summary><c>403</c>: no right to the model.</summary>
    Forbidden,

    /// <summary><c>404</c>: unknown model or request.</summary>
    NotFound,

    /// <summary><c>429</c>, or <c>429-retry-after N</c> with that header in seconds.</summary>
    TooManyRequests,

    /// <summary><c>500</c>: a plain server error.</summary>
    ServerError,

    /// <summary><c>500-backend-400</c>: a parameter refusal in disguise.</summary>
    BackendError,

    /// <summary><c>502-html</c>: a gateway's HTML page.</summary>
    BadGateway,

    /// <summary><c>503</c>: overload.</summary>
    Unavailable,

    /// <summary><c>504</c>: a gateway's time-out.</summary>
    GatewayTimeout,

    /// <summary><c>reset</c>: the connection is cut without an answer.</summary>
    Reset,

    /// <summary><c>hang</c> or <c>timeout</c>: no answer ever.</summary>
    Hang,

    /// <summary><c>html-200</c>: an HTML page with status 200.</summary>
    Html,

    /// <summary><c>empty-200</c>: status 200 and not one byte.</summary>
    Empty,

    /// <summary><c>garbage-200</c>: status 200, says JSON, is none.</summary>
    Garbage,

    /// <summary><c>redirect</c>: 302 to another host, which no client of the queue may follow with its key.</summary>
    Redirect,

    /// <summary><c>slow</c>, or <c>slow 5s</c>: the right answer, late.</summary>
    Slow,

    /// <summary><c>cut</c>: the right answer, cut off in its middle (files).</summary>
    Cut,

    /// <summary><c>stuck-queued</c>: accepted, never run, never an error.</summary>
    StuckQueued,

    /// <summary><c>failed</c>: accepted, then failed.</summary>
    Failed,

    /// <summary><c>rate-limit</c>: accepted, then failed because of too many requests.</summary>
    RateLimited,

    /// <summary><c>cancelled</c>: accepted, then cancelled.</summary>
    Cancelled,
}
