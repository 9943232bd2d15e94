using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Completion;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>completion SHELL</c>: a script that teaches a shell to complete gkflow's command lines.</summary>
internal sealed class CompletionCommand : CliCommand
{
    public const string CommandName = "completion";
    public const string Summary = "Prints a script that completes commands and options in your shell.";

    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private readonly Argument<string> shell = new("shell")
    {
        HelpName = "SHELL",
        Description = "bash, zsh, fish or pwsh.",
    };

    public CompletionCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common)
    {
        shell.CompletionSources.Add(Shells);
        Arguments.Add(shell);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("source <(gkflow completion bash)", "completes in this bash; put it into ~/.bashrc to keep it"),
        new("gkflow completion zsh > ~/.zfunc/_gkflow", "for zsh, where ~/.zfunc is in fpath"),
        new("gkflow completion fish > ~/.config/fish/completions/gkflow.fish", "for fish"),
        new("gkflow completion pwsh | Out-String | Invoke-Expression", "for PowerShell; put it into $PROFILE to keep it"),
    ];

    protected override Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var given = parse.GetValue(shell) ?? "";
        if (CheckedOption.OneOf("completion", given, Shells) is { } problem)
        {
            return Task.FromResult(invocation.Refuse(problem));
        }

        invocation.Terminal.Data.WriteLine(given switch
        {
            "bash" => CompletionScripts.Bash,
            "zsh" => CompletionScripts.Zsh,
            "fish" => CompletionScripts.Fish,
            _ => CompletionScripts.PowerShell,
        });
        return Task.FromResult(ExitCodes.Done);
    }
}
