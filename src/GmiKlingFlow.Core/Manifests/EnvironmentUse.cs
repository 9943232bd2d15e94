namespace GmiKlingFlow.Core.Manifests;

/// <summary>Whether a flow says what is meant where an environment variable is not set.</summary>
internal static class EnvironmentUse
{
    private static readonly string[] Defaults = ["??", "| object.default"];

    /// <param name="text">The flow's own text.</param>
    /// <returns>True when the variable is read, and everywhere with a default right behind it.</returns>
    public static bool HasDefaults(string text, string name)
    {
        var (read, use) = (false, $"env.{name}");
        for (var at = text.IndexOf(use, StringComparison.Ordinal); at >= 0; at = text.IndexOf(use, at + use.Length, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + use.Length);
            if (rest.Length > 0 && (char.IsAsciiLetterOrDigit(rest[0]) || rest[0] == '_'))
            {
                continue;
            }

            read = true;
            rest = rest.TrimStart(' ');
            if (!rest.StartsWith(Defaults[0], StringComparison.Ordinal) && !rest.StartsWith(Defaults[1], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return read;
    }
}
