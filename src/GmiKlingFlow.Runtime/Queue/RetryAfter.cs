namespace GmiKlingFlow.Runtime.Queue;

/// <summary>How long a server asks to wait: seconds or an HTTP date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>More than this is believed to be a mistake.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <returns>From now, between zero and <see cref="Longest"/>; null when not asked or not readable.</returns>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider time)
    {
        if (response.Headers.RetryAfter is not { } asked)
        {
            return null;
        }

        // A date is on the server's clock; its own Date header takes the difference of the clocks out.
        var wait = asked.Delta ?? asked.Date - (response.Headers.Date ?? time.GetUtcNow());
        return wait is not { } w ? null : w < TimeSpan.Zero ? TimeSpan.Zero : w > Longest ? Longest : w;
    }
}
