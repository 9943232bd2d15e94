namespace GmiKlingFlow.Cli.Commands;

/// <summary>The scripts of <c>completion</c>. Each asks the program itself, through the parser's <c>[suggest:POSITION]</c> directive.</summary>
/// <remarks>Options are offered once a dash is typed; where the program has nothing to offer, the shell completes file names.</remarks>
internal static class CompletionScripts
{
    public const string Bash = """
        # bash completion for gkflow
        _gkflow() {
            local word="${COMP_WORDS[COMP_CWORD]}" suggestion
            COMPREPLY=()
            while IFS= read -r suggestion; do
                [[ $suggestion == "$word"* ]] || continue
                [[ $suggestion == -* && $word != -* ]] && continue
                COMPREPLY+=("$suggestion")
            done < <("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
            if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
                compopt -o default 2>/dev/null
            fi
        }
        complete -F _gkflow gkflow
        """;

    public const string Zsh = """
        #compdef gkflow
        _gkflow() {
            local -a suggestions
            suggestions=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            [[ $PREFIX == -* ]] || suggestions=("${(@)suggestions:#-*}")
            suggestions=("${(@)suggestions:#}")
            if (( ${#suggestions} )); then
                compadd -- "${suggestions[@]}"
            else
                _files
            fi
        }
        if [[ "${funcstack[1]}" == "_gkflow" ]]; then
            _gkflow "$@"
        else
            compdef _gkflow gkflow
        fi
        """;

    public const string Fish = """
        # fish completion for gkflow
        function __gkflow_suggest
            set -l line (commandline -cp)
            set -l word (commandline -ct)
            for suggestion in (gkflow "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
                string match -q -- '-*' $suggestion; and not string match -q -- '-*' "$word"; and continue
                echo $suggestion
            end
        end
        complete -c gkflow -n 'test -n "$(__gkflow_suggest)"' -f -a '(__gkflow_suggest)'
        """;

    public const string PowerShell = """
        # PowerShell completion for gkflow
        Register-ArgumentCompleter -Native -CommandName gkflow -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            gkflow "[suggest:$cursorPosition]" $line 2>$null |
                Where-Object { $_.StartsWith($wordToComplete) -and ($wordToComplete.StartsWith('-') -or -not $_.StartsWith('-')) } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;
}
