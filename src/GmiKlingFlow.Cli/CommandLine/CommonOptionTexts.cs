namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The options that all commands know (product 8), in words: the root's help needs no more.</summary>
internal static class CommonOptionTexts
{
    public static readonly OptionText Format = new(
        "--format", "FORMAT", "What standard output carries: text, json; github for validate, plan and run; sarif for validate and plan; markdown for plan. Default: text.");

    public static readonly OptionText Out = new("--out", "DIR", "Where the videos go. Default: out/NAME beside the flow; with several flows DIR/NAME each.");

    public static readonly OptionText State = new("--state", "DIR", "Where finished and running work is remembered. Default: .gkflow beside the flow.");

    public static readonly OptionText BaseUrl = new("--base-url", "URL", "The queue's full address, ending in /requestqueue/apikey. Default: GMI_BASE_URL, else GMI Cloud.");

    public static readonly OptionText Var = new("--var", "NAME=VALUE", "Overrides one of the flow's vars. Repeatable.");

    public static readonly OptionText VarFile = new("--var-file", "FILE", "Overrides vars by those of a YAML file. Repeatable; --var wins.");

    public static readonly OptionText LogLevel = new(
        "--log-level", "debug|info|warning|error|none", "How much is told on standard error besides progress. Default: warning.");

    public static readonly OptionText NoColor = new("--no-color", null, "No colour; NO_COLOR does the same.");

    public static readonly OptionText NoProgress = new(
        "--no-progress", null, "One line per change of state instead of a display that redraws itself; CI does the same.");

    /// <summary>In the order of the help.</summary>
    public static readonly OptionText[] All = [Format, Out, State, BaseUrl, Var, VarFile, LogLevel, NoColor, NoProgress];
}
