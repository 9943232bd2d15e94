using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>The sign in front of a job (product 4). Colour repeats what the sign says and never says it alone.</summary>
internal static class ActionMark
{
    public static string Of(JobAction action) => action switch
    {
        JobAction.Create => "+",
        JobAction.Change => "~",
        JobAction.Resume => ">",
        JobAction.Settle => "?",
        JobAction.Reuse => "=",
        JobAction.Blocked => "!",
        JobAction.Skip => "x",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An unknown action."),
    };

    public static string Of(JobAction action, Ansi style) => action switch
    {
        JobAction.Create => style.Green(Of(action)),
        JobAction.Change or JobAction.Settle => style.Yellow(Of(action)),
        JobAction.Resume => style.Cyan(Of(action)),
        JobAction.Blocked => style.Red(Of(action)),
        _ => style.Dim(Of(action)),
    };
}
