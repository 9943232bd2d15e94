using System.Text;

namespace GmiKlingFlow.Cli.Completion;

/// <summary>Takes a command line apart as POSIX shells do: blanks, backslashes, both quotes; the last word may be unfinished.</summary>
internal static class ShellWords
{
    /// <returns>At least one word: the last is the one being typed, empty after a blank.</returns>
    public static IReadOnlyList<string> Of(string line)
    {
        var (words, word, hasBegun, quote) = (new List<string>(), new StringBuilder(), false, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (hasBegun)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                hasBegun = false;
                continue;
            }

            hasBegun = true;
            if (c == '\\' && i + 1 < line.Length && (quote == '\0' || (quote == '"' && "\\\"$`".Contains(line[i + 1], StringComparison.Ordinal))))
            {
                word.Append(line[++i]);
            }
            else if (quote == '\0' ? c is '\'' or '"' : c == quote)
            {
                quote = quote == '\0' ? c : '\0';
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words, word.ToString()];
    }
}
