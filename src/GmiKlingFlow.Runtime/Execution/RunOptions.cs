using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>How a plan is executed: the flow's <c>run:</c> section, the command line's answers to it, and where things are.</summary>
public sealed record RunOptions
{
    /// <summary>Requests in flight at once (submitted and unfinished). Default 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How long one request may take from its submission to its final state. Default 30 minutes.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an answer under way when the deadline passes is waited for: by then a service that hangs has been given up. Default 15 s.</summary>
    public TimeSpan AnswerGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Shortest wait between two polls of a request. Default 0.25 s.</summary>
    public TimeSpan PollMin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two polls of a request. Default 5 min.</summary>
    public TimeSpan PollMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After an unclear answer: how long until a list without the request is believed. Default 60 s.</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Above this estimate, in US dollars, nothing more is submitted by this run; null for no limit.</summary>
    public decimal? BudgetUsd { get; init; }

    /// <summary>After so many failed jobs nothing new is submitted; null for no limit. What runs already is paid for, and is followed to its end.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>How many failed in the flows that the same command ran before this one; they count too.</summary>
    public int FailuresBefore { get; init; }

    /// <summary>Where outputs and results go; made when missing.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>See <see cref="ServiceName"/>.</summary>
    public required string Service { get; init; }

    /// <summary>See <see cref="ServiceName.Organization"/>; null when none is named.</summary>
    public string? Organization { get; init; }

    /// <summary>The queue's host, as results name it.</summary>
    public required string Host { get; init; }

    /// <summary>The command that decides a job by hand, without the decision; null, or null from it, where hints name it in general.</summary>
    public Func<string, string?>? SettleCommand { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>True: earlier requests, sessions and uploads are not looked at (<c>--fresh</c>).</summary>
    public bool Fresh { get; init; }

    /// <summary>The saved plan that this run carries out and uses up; null for a plan made just now.</summary>
    public string? SavedPlanSha256 { get; init; }

    /// <summary>Called once, before anything is spent on sync, with what identify found in the videos that will be synced (<c>--update-lock</c>); what it
    /// returns ends the run. Null: faces that differ from the plan's lock are refused.</summary>
    public Func<IReadOnlyList<IdentifiedVideo>, CancellationToken, Task<Failure?>>? AcceptFaces { get; init; }

    /// <summary>What becomes of warnings that only identify makes possible (<c>--no-warn</c>, <c>--warn-as-error</c>). Default: all are told as warnings.</summary>
    public WarningSwitches Warnings { get; init; } = WarningSwitches.None;

    public KlingLimits Limits { get; init; } = KlingLimits.Current;

    /// <summary>After a stop: how long answers under way are waited for. Default 4 s.</summary>
    public TimeSpan DrainGrace { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long every submission may fail without an answer before the run gives the service up. Default 2 minutes.</summary>
    public TimeSpan UnreachableAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How far the service's clock may be from ours when a lost request is looked up. Default 5 minutes.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>True when nothing is sent to a real service.</summary>
    public bool Simulated => Service == ServiceName.Simulator;

    /// <summary>These options with what a flow's <c>run:</c> section says.</summary>
    public RunOptions With(RunSettings settings) => this with
    {
        Concurrency = settings.Concurrency,
        Deadline = settings.Deadline,
        PollMin = settings.PollMin,
        PollMax = settings.PollMax,
        SettleAfter = settings.SettleAfter,
        BudgetUsd = settings.BudgetUsd,
    };
}
