namespace GmiKlingFlow.Cli.Completion;

/// <summary>The scripts of <c>completion</c>. Each asks the program itself: <c>gkflow "[suggest]" LINE</c>, the line up to the cursor, with POSIX quotes.</summary>
/// <remarks>Options are offered once a dash is typed; where the program has nothing to offer, the shell completes file names.</remarks>
internal static class CompletionScripts
{
    // Bash replaces only what stands behind a quote, "=" or ":", and takes replies as they are: both are seen to here.
    public const string Bash = """
        # bash completion for gkflow
        _gkflow() {
            local line="${COMP_LINE:0:COMP_POINT}" word="" quote="" keep="" breaks suggestion c i
            for ((i = 0; i < ${#line}; i++)); do
                c="${line:i:1}"
                if [[ -z $quote && $c == [[:space:]] ]]; then
                    word=""
                    continue
                fi
                word+="$c"
                if [[ $c == "\\" && $quote != "'" ]]; then
                    i=$((i + 1))
                    word+="${line:i:1}"
                elif [[ -n $quote ]]; then
                    [[ $c == "$quote" ]] && quote=""
                elif [[ $c == "'" || $c == '"' ]]; then
                    quote="$c"
                fi
            done
            breaks="${COMP_WORDBREAKS//[^=:@]/}"
            if [[ -n $quote ]]; then
                keep="${word%"$quote"*}"
            elif [[ -n $breaks ]]; then
                keep="${word%"${word##*["$breaks"]}"}"
            fi
            COMPREPLY=()
            while IFS= read -r suggestion; do
                [[ $suggestion == -* && $word != [\'\"]* && $word != -* ]] && continue
                [[ $suggestion == */ ]] && compopt -o nospace 2>/dev/null
                if [[ -z $quote ]]; then
                    printf -v suggestion %q "$suggestion"
                elif [[ $quote == '"' ]]; then
                    suggestion="${suggestion//\\/\\\\}"
                    suggestion="${suggestion//\"/\\\"}"
                    suggestion="${suggestion//\$/\\\$}"
                    suggestion="${suggestion//\`/\\\`}"
                fi
                COMPREPLY+=("${suggestion#"$keep"}")
            done < <("${COMP_WORDS[0]/#\~/$HOME}" "[suggest]" "$line" 2>/dev/null)
            if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
                compopt -o default 2>/dev/null
            fi
        }
        complete -F _gkflow gkflow
        """;

    public const string Zsh = """
        #compdef gkflow
        _gkflow() {
            local -a before suggestions folders
            local word="${(Q)PREFIX}"
            before=("${(@qq)${(@Q)words[1,CURRENT-1]}}")
            suggestions=("${(@f)$("${(Q)words[1]/#\~/$HOME}" "[suggest]" "${(j: :)before} ${(qq)word}" 2>/dev/null)}")
            [[ $word == -* ]] || suggestions=("${(@)suggestions:#-*}")
            suggestions=("${(@)suggestions:#}")
            folders=("${(@M)suggestions:#*/}")
            suggestions=("${(@)suggestions:#*/}")
            if (( ${#suggestions} + ${#folders} )); then
                (( ${#suggestions} )) && compadd -- "${suggestions[@]}"
                (( ${#folders} )) && compadd -S '' -- "${folders[@]}"
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
            set -l word (commandline -ct | string unescape)
            set -l words
            for before in (commandline -opc)
                set -a words "'"(string replace -a "'" "'\\\\''" -- $before)"'"
            end
            set -a words "'"(string replace -a "'" "'\\\\''" -- "$word")"'"
            for suggestion in (gkflow "[suggest]" "$words" 2>/dev/null)
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
            $begun = $wordToComplete.Trim("'", '"')
            $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
                if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
            })
            $line = (@($before) + $begun | ForEach-Object { "'" + $_.Replace("'", "'\''") + "'" }) -join ' '
            gkflow '[suggest]' $line 2>$null |
                Where-Object { $begun.StartsWith('-') -or -not $_.StartsWith('-') } |
                ForEach-Object {
                    $text = if ($_ -match '^[\w./:=@+-]+$') { $_ } else { "'" + $_.Replace("'", "''") + "'" }
                    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
                }
        }
        """;
}
