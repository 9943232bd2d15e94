namespace GmiKlingFlow.Core.Model;

/// <summary>How several face entries of one job are sent.</summary>
public enum MultiFace
{
    /// <summary>One request with several <c>face_choose</c> entries.</summary>
    Together,

    /// <summary>One pass per face, each on the result of the one before.</summary>
    Chain,
}

/// <summary>A flow's <c>run:</c> section with its defaults filled in.</summary>
public sealed record RunSettings
{
    /// <summary>Requests in flight at once. Default 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How long one job may take from submission to its final state. Default 30 minutes.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Upper limit for the estimated cost in US dollars; null for none.</summary>
    public decimal? BudgetUsd { get; init; }

    public MultiFace MultiFace { get; init; } = MultiFace.Together;

    /// <summary>True where someone has said which; then it is meant.</summary>
    public bool IsMultiFaceSaid { get; init; }

    /// <summary>Shortest wait between two polls of a request. Default 0.25 s; how soon it really is follows from how long requests take.</summary>
    public TimeSpan PollMin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two polls of a request. Default 5 min; how late it really is follows from how long requests take.</summary>
    public TimeSpan PollMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After an unclear answer: how long until a list without the request is believed. Default 60 s.</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromSeconds(60);
}
