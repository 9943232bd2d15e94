using System.Net;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What came of one HTTP request.</summary>
internal abstract record Exchange
{
    /// <summary>What was left of the caller's patience after it; null without end.</summary>
    public TimeSpan? Left { get; init; }

    /// <param name="RetryAfter">As asked for, from now; null when not asked or not readable.</param>
    /// <param name="Location">Where a redirect points; never followed here.</param>
    /// <param name="Body">Up to the limit.</param>
    /// <param name="BodyProblem">Why <paramref name="Body"/> is not the whole; null when it is.</param>
    internal sealed record Answer(HttpStatusCode Status, TimeSpan? RetryAfter, Uri? Location, string? Charset, byte[] Body, string? BodyProblem) : Exchange
    {
        /// <summary>How far the server's clock is ahead of ours, to a second or two, by its Date header; null when it sends none.</summary>
        public TimeSpan? ClockOffset { get; init; }

        public int Code => (int)Status;

        public bool IsSuccess => Code is >= 200 and < 300;

        public bool IsRedirect => Code is >= 300 and < 400;
    }

    /// <param name="Detail">A clause that completes "no answer from host: ", without addresses or keys.</param>
    internal sealed record Silence(SilenceKind Kind, string Detail) : Exchange
    {
        /// <summary>How long an answer could have taken.</summary>
        public TimeSpan Waited { get; init; }
    }
}

internal enum SilenceKind
{
    /// <summary>No connection was made: name, route, TLS or proxy.</summary>
    Unreachable,

    /// <summary>The time for the call was over.</summary>
    TimedOut,

    /// <summary>The connection ended or spoke no HTTP.</summary>
    Broken,

    /// <summary>The caller stopped the call.</summary>
    Stopped,
}
