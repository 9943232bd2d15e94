using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Every limit of api-contract section 4 in one place, as one versioned profile. No limit stands anywhere else in the code.</summary>
public sealed record KlingLimits
{
    /// <summary>As published on kling.ai, fetched 2026-09-20 (api-contract 4), and still so in November.</summary>
    public static readonly KlingLimits Current = new();

    /// <summary>Names the profile; a profile with other numbers gets another name.</summary>
    public string Version { get; init; } = "kling-2026-11";

    public TimeSpan VideoShortest { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan VideoLongest { get; init; } = TimeSpan.FromSeconds(60);

    public long VideoBytes { get; init; } = 100_000_000;

    /// <summary>For width and height alike, in pixels.</summary>
    public int VideoSideSmallest { get; init; } = 512;

    public int VideoSideLargest { get; init; } = 2160;

    /// <summary>The shorter side of "720p".</summary>
    public int VideoSideNamed { get; init; } = 720;

    /// <summary>The shorter side of "1080p".</summary>
    public int VideoSideNamedToo { get; init; } = 1080;

    public TimeSpan AudioShortest { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan AudioLongest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What short audio is best padded to with silence (api-contract 8, trap 3).</summary>
    public TimeSpan AudioPadded { get; init; } = TimeSpan.FromMilliseconds(2500);

    public long AudioBytes { get; init; } = 5_000_000;

    public TimeSpan ClipShortest { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan OverlapShortest { get; init; } = TimeSpan.FromSeconds(2);

    public double VolumeLowest { get; init; }

    public double VolumeHighest { get; init; } = 2;

    /// <summary>How many people one request can sync by Kling's own page; GMI's page takes several (api-contract 7, line 3).</summary>
    public int PeopleSure { get; init; } = 1;

    /// <summary>How long a session can be used (older official text; api-contract 4.2).</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Kept free at the end of a session's life, so that it does not end between our check and the service's own.</summary>
    public TimeSpan SessionMargin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Kept free at the end of audio, face and video: measured ends lie past the true ones (api-contract 8, traps 1 and 2).</summary>
    public TimeSpan EndMargin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What a source on this machine or in a private network is: an error for a service out in the internet, nothing for one that
    /// runs here (null), and a warning while it is not known which.</summary>
    public Severity? PrivateHosts { get; init; } = Severity.Warning;
}
