namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>How a plan is shown; what it says stays the same.</summary>
internal sealed record PlanView
{
    /// <summary>Columns to fill. Where nothing is broken, words that are longer go beyond.</summary>
    public int Width { get; init; } = TerminalTraits.UsualWidth;

    public bool Colour { get; init; }

    /// <summary>True: reused jobs and those left out by the selection are listed too.</summary>
    public bool ShowAll { get; init; }

    /// <summary>True on a terminal: the verdict and words that are too long, such as URLs, are broken inside their column. In a log the verdict is one line.</summary>
    public bool Breaks { get; init; }

    /// <summary><c>video</c>, or a label's name; null shows the jobs in the flow's order.</summary>
    public string? GroupBy { get; init; }

    /// <summary>For the age of sessions; null shows the time itself, so that the text does not depend on the clock.</summary>
    public DateTimeOffset? Now { get; init; }
}
