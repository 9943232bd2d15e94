namespace GmiKlingFlow.Testing;

/// <summary>Which test runs the examples of an explanation page.</summary>
public enum PageRunner
{
    /// <summary>Flows through the loader.</summary>
    Loading,

    /// <summary>Templates by themselves.</summary>
    Templates,

    /// <summary>Flows and requests through the API's rules, the planner and the lint.</summary>
    Rules,

    /// <summary>Subtitles with a flow around them.</summary>
    Subtitles,

    /// <summary>Flows with the faces that the example names.</summary>
    Faces,

    /// <summary>Faces locks through their loader.</summary>
    Locks,

    /// <summary>Flows with URLs, asked for over HTTP.</summary>
    Online,

    /// <summary>Command lines, in process.</summary>
    Commands,
}

/// <summary>Every code's page: the test that runs its wrong and its right example, or why none can.</summary>
public static class ExplanationPages
{
    public static IReadOnlyList<string> CommandCodes { get; } =
    [
        "GKF1014", "GKF1015", "GKF4026", "GKF4027", "GKF4206", "GKF4208", "GKF4210", "GKF4212", "GKF4213", "GKF4214", "GKF4291", "GKF5001", "GKF6010",
        "GKF6012", "GKF6013", "GKF6014", "GKF7001", "GKF7002", "GKF7003", "GKF7010", "GKF8001", "GKF8007", "GKF8008", "GKF8010", "GKF8013", "GKF8030",
    ];

    /// <summary>Commands whose right ends somewhere else: with a request that is open, or at an address of the example's own.</summary>
    public static IReadOnlyDictionary<string, string> RightNeedsMore { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GKF8030"] = "settles an unknown request: SettleCommandTests",
        ["GKF9029"] = "settles an unknown request: SettleCommandTests",
        ["GKF9030"] = "settles an unknown request: SettleCommandTests",
        ["GKF9032"] = "settles an unknown request: SettleCommandTests",
        ["GKF9033"] = "settles an unknown request: SettleCommandTests",
    };

    /// <summary>Pages whose situation is made elsewhere: what it takes, and the test class that shows the code.</summary>
    public static IReadOnlyDictionary<string, (string Why, string ShownBy)> Excused { get; } = new Dictionary<string, (string Why, string ShownBy)>(StringComparer.Ordinal)
    {
        ["GKF1009"] = ("a file of 20 MB", "InputFileTests"),
        ["GKF1010"] = ("bytes that a page in UTF-8 can't hold", "InputFileTests"),
        ["GKF1011"] = ("bytes that a page in UTF-8 can't hold", "InputFileTests"),
        ["GKF1012"] = ("a character that a page can't hold", "InputFileTests"),
        ["GKF1013"] = ("an empty file", "InputFileTests"),
        ["GKF1016"] = ("a file without permission, which the tests' user may have", "InputFileTests"),
        ["GKF4012"] = ("a file without permission, which the tests' user may have", "InputFileTests"),
        ["GKF4017"] = ("thirty files", "IncludeTests"),
        ["GKF4028"] = ("a file given on the command line", "VarTests"),
        ["GKF4134"] = ("a day has to pass", "RequestCheckTests"),
        ["GKF4207"] = ("an estimate against a budget", "PriceTests"),
        ["GKF4217"] = ("shows only after identify", "ChainPlanTests"),
        ["GKF4218"] = ("a service that finds other faces in a result", "FaceMatcherTests"),
        ["GKF4219"] = ("a service that finds other faces in a result", "FaceMatcherTests"),
        ["GKF4290"] = ("jobs that fail at one service of two", "OnlyFailedTests"),
        ["GKF6009"] = ("GKF4204 tells the same before anyone is identified", "FaceChooserTests"),
        ["GKF6011"] = ("a lock beside a flow that grew", "LockedPlanTests"),
        ["GKF7011"] = ("a silent service", "SubmitSilenceTests"),
        ["GKF7012"] = ("a broken connection", "SubmitSilenceTests"),
        ["GKF7013"] = ("Ctrl-C in the middle of a submission", "SubmitSilenceTests"),
        ["GKF7014"] = ("a gateway's answer", "GetTests"),
        ["GKF7015"] = ("an answer that is no JSON", "GetTests"),
        ["GKF7016"] = ("a redirect", "GetTests"),
        ["GKF7020"] = ("the service refuses what the tool would", "ChainTests"),
        ["GKF7021"] = ("the service refuses the key", "SettleCommandTests"),
        ["GKF7022"] = ("the service's answer", "GetTests"),
        ["GKF7023"] = ("the service's answer", "GetTests"),
        ["GKF7024"] = ("the service's answer", "SimulatorWireTests"),
        ["GKF7025"] = ("the service's answer", "GetTests"),
        ["GKF7026"] = ("the service's answer", "SubmitTests"),
        ["GKF7030"] = ("the service's answer", "GetTests"),
        ["GKF7031"] = ("the service's answer", "GetTests"),
        ["GKF7040"] = ("a request of nobody's", "SettleCommandTests"),
        ["GKF7050"] = ("the service's record", "RecordTests"),
        ["GKF7051"] = ("the service's record", "RecordTests"),
        ["GKF7052"] = ("the service's record", "RecordTests"),
        ["GKF7053"] = ("the service's record", "RecordTests"),
        ["GKF7060"] = ("GKF4203 and the rules tell it before an upload", "UploadTests"),
        ["GKF7061"] = ("the service's grant", "UploadTests"),
        ["GKF7062"] = ("the storage's answer", "UploadTests"),
        ["GKF7063"] = ("a file that changes between plan and upload", "UploadTests"),
        ["GKF7064"] = ("a file that goes between plan and upload", "UploadTests"),
        ["GKF7065"] = ("an upload that the storage has lost at once", "FollowingTests"),
        ["GKF7080"] = ("the service's price", "PriceListTests"),
        ["GKF7081"] = ("the service's price", "PriceTests"),
        ["GKF7082"] = ("the service's price", "PriceListTests"),
        ["GKF7090"] = ("the service's answer", "RunnerTests"),
        ["GKF8002"] = ("a state of a program that is not written yet", "StateLossTests"),
        ["GKF8003"] = ("a folder without permission, which the tests' user may have", "StateLossTests"),
        ["GKF8004"] = ("a full disk", "StateStoreTests"),
        ["GKF8005"] = ("a state that vanishes under a run", "StateLossTests"),
        ["GKF8006"] = ("two runs at once", "LockTests"),
        ["GKF8012"] = ("a file that changes under a run", "FollowingTests"),
        ["GKF8014"] = ("a service that finds other faces", "RunnerTests"),
        ["GKF8015"] = ("a storage that forgets", "FollowingTests"),
        ["GKF8020"] = ("a budget that is reached under way", "BudgetTests"),
        ["GKF8021"] = ("time has to pass", "FollowingTests"),
        ["GKF8022"] = ("a service with faults", "SubmissionTests"),
        ["GKF8023"] = ("the service's record", "FollowingTests"),
        ["GKF8024"] = ("a service that is full until the deadline", "SubmissionTests"),
        ["GKF8031"] = ("an open request", "SettleCommandTests"),
        ["GKF8032"] = ("an open request", "HandSettlementTests"),
        ["GKF8033"] = ("an open request", "HandSettlementTests"),
        ["GKF8034"] = ("an open request", "HandSettlementTests"),
        ["GKF8060"] = ("a folder without permission, which the tests' user may have", "FacesLockCommandTests"),
        ["GKF8061"] = ("pictures that are gone", "FacesLockKeeperTests"),
        ["GKF8062"] = ("thousands of faces", "FacesLockKeeperTests"),
        ["GKF8063"] = ("a link in the place of the pictures", "FacesLockKeeperTests"),
        ["GKF8090"] = ("a bug", "RunnerTests"),
        ["GKF8101"] = ("a host's answer", "ArtifactDownloaderTests"),
        ["GKF8102"] = ("a download that breaks off", "ArtifactDownloaderTests"),
        ["GKF8103"] = ("a host's answer", "ArtifactDownloaderTests"),
        ["GKF8104"] = ("a result that is none", "ArtifactCheckTests"),
        ["GKF8105"] = ("a full disk", "DiskTests"),
        ["GKF8106"] = ("a folder that closes under a run", "DiskTests"),
        ["GKF8107"] = ("GKF4007 tells it of a flow", "OutputFolderTests"),
        ["GKF8108"] = ("a host's answer", "RedirectTests"),
        ["GKF8109"] = ("two writers at once", "DiskTests"),
        ["GKF8110"] = ("a service that forgets", "ChainTests"),
        ["GKF9024"] = ("a net under the other codes: no command line is known that gives it", "CommandLineProblemsTests"),
        ["GKF9062"] = ("results of a program that is not written yet", "ReportCommandTests"),
        ["GKF9064"] = ("a folder that nobody can write to", "ReportCommandTests"),
        ["GKF9070"] = ("jobs that fail at the service", "RunOutputTests"),
        ["GKF8190"] = ("a folder that nobody can write to", "PreviewCommandTests"),
        ["GKF9072"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9073"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9074"] = ("results of several runs", "MergeCommandTests"),
        ["GKF9075"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9076"] = ("results of several runs", "MergeCommandTests"),
        ["GKF9077"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9078"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9079"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9080"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9081"] = ("results of several runs", "ResultsMergeTests"),
        ["GKF9082"] = ("results of several runs", "MergeCommandTests"),
        ["GKF9083"] = ("results of several runs", "MergeCommandTests"),
        ["GKF9084"] = ("results of several runs", "MergeCommandTests"),
        ["GKF8191"] = ("a disk that refuses", "DoctorCommandTests"),
        ["GKF8192"] = ("a full disk", "DoctorCommandTests"),
        ["GKF9118"] = ("a service's clock", "DoctorCommandTests"),
        ["GKF9119"] = ("a service's list", "DoctorCommandTests"),
        ["GKF9120"] = ("a job that stalls", "DoctorCommandTests"),
        ["GKF9121"] = ("a run that is cut off", "DoctorCommandTests"),
        ["GKF9122"] = ("a broken ffmpeg", "DoctorCommandTests"),
        ["GKF9091"] = ("a plan or results to compare with", "PlanAgainstTests"),
        ["GKF9092"] = ("a plan or results to compare with", "PlanAgainstTests"),
        ["GKF9093"] = ("a plan or results to compare with", "PlanAgainstTests"),
        ["GKF9094"] = ("a plan or results to compare with", "PlanAgainstTests"),
        ["GKF9095"] = ("a plan or results to compare with", "PlanAgainstTests"),
        ["GKF9111"] = ("an ffmpeg, or none", "PreviewCommandTests"),
        ["GKF9112"] = ("an ffmpeg, or none", "PreviewCommandTests"),
        ["GKF9113"] = ("an ffmpeg, or none", "PreviewCommandTests"),
        ["GKF9114"] = ("an ffmpeg, or none", "PreviewCommandTests"),
        ["GKF9115"] = ("an ffmpeg, or none", "PreviewCommandTests"),
        ["GKF9116"] = ("an ffmpeg, or none", "PreviewCommandTests"),
        ["GKF9117"] = ("an ffmpeg, or none", "PreviewCommandTests"),
        ["GKF9031"] = ("an open request", "SettleCommandTests"),
    };

    /// <returns>Null for a code that nobody runs.</returns>
    public static PageRunner? RunnerOf(string code) => code switch
    {
        _ when Excused.ContainsKey(code) => null,
        _ when CommandCodes.Contains(code) => PageRunner.Commands,
        _ => code[3..5] switch
        {
            "10" or "20" or "40" => PageRunner.Loading,
            "30" or "31" or "32" => PageRunner.Templates,
            "41" or "42" or "43" => PageRunner.Rules,
            "44" => PageRunner.Subtitles,
            "50" => code is "GKF5002" or "GKF5003" ? PageRunner.Rules : PageRunner.Online,
            "60" => PageRunner.Faces,
            "61" => PageRunner.Locks,
            "90" or "91" => PageRunner.Commands,
            _ => null,
        },
    };

    /// <param name="codes">All that have a page.</param>
    public static IEnumerable<string> RunBy(PageRunner runner, IEnumerable<string> codes) => codes.Where(code => RunnerOf(code) == runner).Order(StringComparer.Ordinal);
}
