using GmiKlingFlow.Cli.Commands;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The page of <c>gkflow --help</c>, made without a single command.</summary>
internal static class RootHelp
{
    public static HelpSheet Sheet()
    {
        var commands = new List<HelpRow>(CommandWord.All.Length);
        foreach (var command in CommandWord.All)
        {
            commands.Add(new HelpRow(command.Arguments.Length == 0 ? command.Name : $"{command.Name} {command.Arguments}", command.Summary));
        }

        var common = new List<HelpRow>(CommonOptionTexts.All.Length + 1) { new("-h, --help", CommandForms.HelpMeans) };
        foreach (var option in CommonOptionTexts.All)
        {
            common.Add(option.Row());
        }

        return new HelpSheet(
            GkflowCommand.Description,
            "gkflow COMMAND [OPTIONS]",
            [
                new HelpSection("Commands", commands),
                new HelpSection("Options", [new HelpRow("--version", CommandForms.VersionMeans)]),
                new HelpSection("Options of all commands", common),
            ],
            Ends());
    }

    public static string[] Ends()
    {
        var names = new string[EnvironmentVariables.All.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = EnvironmentVariables.All[i].Name;
        }

        return [$"Environment: {string.Join(", ", names)}.", "\"gkflow COMMAND --help\" shows a command's own options and examples."];
    }
}
