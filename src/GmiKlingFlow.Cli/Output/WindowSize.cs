namespace GmiKlingFlow.Cli.Output;

/// <summary>How large the terminal is now: it may be resized while a run goes on.</summary>
internal readonly record struct WindowSize(int Columns, int Rows)
{
    public const int UsualRows = 24;
}
