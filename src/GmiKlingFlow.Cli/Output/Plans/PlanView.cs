namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>How a plan is shown; what it says stays the same.</summary>
internal sealed record PlanView
{
    /// <summary>Columns to fill. Only words that are longer, such as URLs, go beyond.</summary>
    public int Width { get; init; } = TerminalTraits.UsualWidth;

    public bool Colour { get; init; }

    /// <summary>True: reused jobs and those left out by the selection are listed too.</summary>
    public bool ShowAll { get; init; }

    /// <summary>For the age of sessions; null shows the time itself, so that the text does not depend on the clock.</summary>
    public DateTimeOffset? Now { get; init; }
}
