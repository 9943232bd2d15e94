namespace GmiKlingFlow.Runtime.Sources;

/// <summary>How much is spent on looking at URLs: enough for what can be told from a file's edges, little enough for a hundred files in CI.</summary>
public sealed record OnlineOptions
{
    /// <summary>Read of one file. Default 8 MB: above what an audio file may be (api-contract 4.3), far above a video's tables.</summary>
    public long BytesPerFile { get; init; } = 8_000_000;

    /// <summary>The first piece that is asked for; pieces that follow each other double up to 1 MB. Default 64 KB.</summary>
    public int FirstPiece { get; init; } = 64 * 1024;

    /// <summary>For one file, redirects and repeats among them. Default 100: a fragment of a fragmented file costs one.</summary>
    public int RequestsPerFile { get; init; } = 100;

    /// <summary>For one file, however many requests it takes. Default 20 s.</summary>
    public TimeSpan TimePerFile { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For one request until its answer begins. Default 8 s: a host that never answers HEAD may answer GET.</summary>
    public TimeSpan TimePerAnswer { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>For all files together. Default 2 min.</summary>
    public TimeSpan TimeInAll { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Before an unlucky request is repeated, once for each file. Default 1 s.</summary>
    public TimeSpan RepeatDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Files looked at at the same time. Default 6.</summary>
    public int Concurrency { get; init; } = 6;

    /// <summary>Default 5.</summary>
    public int MaxRedirects { get; init; } = 5;
}
