namespace GmiKlingFlow.Core.Rules;

/// <summary>Every limit of api-contract section 4 in one place, as one versioned profile.</summary>
public sealed record KlingLimits
{
    /// <summary>As published on kling.ai, fetched 2026-09-20 (api-contract 4).</summary>
    public static readonly KlingLimits Current = new();

    public string Version { get; init; } = "2026-09-20";

    public TimeSpan VideoShortest { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan VideoLongest { get; init; } = TimeSpan.FromSeconds(60);

    public long VideoBytes { get; init; } = 100_000_000;

    /// <summary>For width and height alike, in pixels.</summary>
    public int VideoSideSmallest { get; init; } = 512;

    public int VideoSideLargest { get; init; } = 2160;

    public TimeSpan AudioShortest { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan AudioLongest { get; init; } = TimeSpan.FromSeconds(60);

    public long AudioBytes { get; init; } = 5_000_000;

    public TimeSpan ClipShortest { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan OverlapShortest { get; init; } = TimeSpan.FromSeconds(2);

    public double VolumeLowest { get; init; }

    public double VolumeHighest { get; init; } = 2;

    /// <summary>How long a session can be used (older official text; api-contract 4.2).</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Kept free at the end of audio, face and video: measured ends lie past the true ones (api-contract 8, traps 1 and 2).</summary>
    public TimeSpan EndMargin { get; init; } = TimeSpan.FromMilliseconds(50);
}
