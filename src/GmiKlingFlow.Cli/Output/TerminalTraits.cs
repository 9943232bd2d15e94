namespace GmiKlingFlow.Cli.Output;

/// <summary>What can be done with the streams the program was started with.</summary>
/// <param name="Width">Columns of the terminal; 80 where there is none.</param>
/// <param name="Plain">No colour: <c>NO_COLOR</c> is set, or the terminal is dumb.</param>
/// <param name="InPipeline">A <c>CI</c> variable is set: nobody watches and nobody answers.</param>
/// <param name="NoRedraw"><c>--no-progress</c> is given.</param>
internal sealed record TerminalTraits(
    bool InputIsTerminal,
    bool OutputIsTerminal,
    bool ErrorIsTerminal,
    int Width,
    bool Plain,
    bool InPipeline,
    bool NoRedraw = false)
{
    public const int UsualWidth = 80;

    /// <summary>Three redirected streams: what tests and logs see.</summary>
    public static readonly TerminalTraits Redirected = new(false, false, false, UsualWidth, false, false);

    public bool ColourOnOutput => OutputIsTerminal && !Plain;

    public bool ColourOnError => ErrorIsTerminal && !Plain;

    /// <summary>Whether a question can be put and answered.</summary>
    public bool CanAsk => InputIsTerminal && ErrorIsTerminal && !InPipeline;

    /// <summary>Whether a display that redraws itself makes sense.</summary>
    public bool CanRedraw => ErrorIsTerminal && !InPipeline && !NoRedraw;
}
