namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>The limits of a download.</summary>
public sealed record DownloadOptions
{
    /// <summary>A result larger than this is refused. Default 2 GiB: a result is about as long as its source of at most 60 s (api-contract 4.1).</summary>
    public long MaxBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How many files come in at once; others wait. Default 16, which fill any line. Files that are whole may be on their way to the disk besides.</summary>
    public int AtOnce { get; init; } = 16;

    /// <summary>How often a broken download is continued. Default 6.</summary>
    public int Repeats { get; init; } = 6;

    /// <summary>Before the first repeat; doubles from there, with jitter. Default 0.5 s.</summary>
    public TimeSpan FirstRepeatDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two tries; a longer <c>Retry-After</c> ends the download. Default 30 s.</summary>
    public TimeSpan LongestRepeatDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing may come. Default 60 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one try, however slowly bytes drip. Default 30 min.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many redirects are followed. Default 5; downloads carry no credentials.</summary>
    public int MaxRedirects { get; init; } = 5;
}
