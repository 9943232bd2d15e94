using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Simulator.Faults;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Simulator;

/// <summary>How the simulated service behaves. The defaults are quick enough to try things out, and slow enough to watch.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Port on the loopback address; 0 for any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>Served under <c>/media/</c>; also where URLs of other hosts are looked for, by the last segments of their path,
    /// since the simulator has no network. Null: none.</summary>
    public string? MediaFolder { get; init; }

    /// <summary>More media files (full paths), such as a flow's local videos: an upload with the same content gets the faces of the sidecar beside the file.</summary>
    public IReadOnlyList<string> MediaFiles { get; init; } = [];

    /// <summary>Whom to find in a video that has no sidecar, by its fingerprint (<c>sha256:...</c> or <c>url:...</c>): what the service found when a faces lock was
    /// written. A video that is not here shows one face.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Face>> Faces { get; init; } = new Dictionary<string, IReadOnlyList<Face>>();

    /// <summary>Where uploads and results are kept. Null: a temporary folder that goes with the simulator.</summary>
    public string? StorageFolder { get; init; }

    /// <summary>The only bearer key accepted; null: any that is not empty.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The account's credit in US dollars; null: as much as is needed. A request that costs more is answered with 402.</summary>
    public decimal? CreditUsd { get; init; }

    /// <summary>What GET /models says identify costs. The ledger goes by Kling's own prices whatever stands here.</summary>
    public ShownPrice IdentifyPrice { get; init; } = new(7_000, "request");

    /// <summary>What GET /models says lip-sync costs, as for <see cref="IdentifyPrice"/>.</summary>
    public ShownPrice SyncPrice { get; init; } = new(70_000, "5 seconds");

    /// <summary>How long identify takes. Default 1 s.</summary>
    public TimeSpan IdentifyTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request stays <c>queued</c>. Default 1 s.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long lip-sync takes from <c>dispatched</c> on, rendering not counted. Default 4 s.</summary>
    public TimeSpan ProcessingTime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Divides the three times above: 10 is ten times as fast. Default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>A lip-sync's processing takes 1 to so many times as long, by the numbers in its payload (times and volumes): requests that differ in them take
    /// different times, the same request the same one each time. Default 1: all the same.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>True: identify is answered with <c>queued</c> and finished later, as one page of GMI's says (api-contract 7, line 4). Default false.</summary>
    public bool AsynchronousIdentify { get; init; }

    /// <summary>Which of the result's known shapes is used (api-contract 2.6).</summary>
    public OutcomeShape OutcomeShape { get; init; } = OutcomeShape.MediaUrls;

    /// <summary>What stands behind a result's address, as a signature does where a storage wants one (<c>?X-Goog-Signature=...</c>). Default nothing: GMI's results are public.</summary>
    public string ResultQuery { get; init; } = "";

    /// <summary>True: what Kling refuses about a synchronous identify is answered with HTTP 500 "Backend error (400)" and nothing else,
    /// as was seen of another synchronous model (api-contract 5.1). Default false: a failed record that says why.</summary>
    public bool OpaqueRefusals { get; init; }

    /// <summary>True: a lip-sync of several faces fails, as Kling's own page says ("currently only one person", api-contract 4.3). Default false: GMI documents several.</summary>
    public bool OnePersonPerRequest { get; init; }

    /// <summary>True: the faces of a result have other ids than those of its source. What the real service does is not public. Default false: the same.</summary>
    public bool NewFaceIdsInResults { get; init; }

    /// <summary>How many lip-syncs may run at once before a submission is answered with 429 and Kling's code 1303; null: any number.</summary>
    public int? ParallelLimit { get; init; }

    /// <summary>ffmpeg's path; null: looked for on the PATH.</summary>
    public string? FfmpegPath { get; init; }

    /// <summary>False: results are the source video, as when there is no ffmpeg. Default true.</summary>
    public bool Render { get; init; } = true;

    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>Makes ids and shares of faults repeatable; null: different each time.</summary>
    public long? Seed { get; init; }

    public KlingLimits Limits { get; init; } = KlingLimits.Current;

    /// <summary>Where the simulator says what it does; null: nowhere.</summary>
    public ILoggerFactory? Logging { get; init; }

    internal TimeSpan Scaled(TimeSpan duration) => Speed > 0 ? duration / Speed : duration;
}
