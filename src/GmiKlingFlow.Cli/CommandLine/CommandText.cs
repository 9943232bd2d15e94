namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>Writes command lines that people copy into their shell.</summary>
internal static class CommandText
{
    /// <param name="options">Options with their values, already in order.</param>
    /// <param name="arguments">Behind <c>--</c> where one of them looks like an option.</param>
    public static string Of(string command, IReadOnlyList<string> arguments, IReadOnlyList<string> options)
    {
        var looksLikeOption = arguments.Any(static a => a.StartsWith('-'));
        var words = looksLikeOption ? [.. options, "--", .. arguments] : arguments.Concat(options);
        return $"gkflow {command} {string.Join(' ', words.Select(Quoted))}".TrimEnd();
    }

    /// <returns>The word as a shell takes it: PowerShell and cmd on Windows, POSIX elsewhere.</returns>
    public static string Quoted(string word) => Quoted(word, OperatingSystem.IsWindows());

    internal static string Quoted(string word, bool forWindows) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./:=,+@".Contains(c, StringComparison.Ordinal) || (forWindows && c == '\\')) ? word
            : forWindows ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
