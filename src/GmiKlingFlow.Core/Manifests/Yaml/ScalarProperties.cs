namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>Anchor and tag before a value: the parser counts them as part of it.</summary>
internal static class ScalarProperties
{
    /// <returns>Where the value itself starts.</returns>
    public static int Skip(string text, int start, int end)
    {
        var i = start;
        while (i < end && text[i] is '&' or '!')
        {
            while (i < end && text[i] is not (' ' or '\t' or '\r' or '\n'))
            {
                i++;
            }

            i = SkipBlanksAndComments(text, i, end);
        }

        return i;
    }

    private static int SkipBlanksAndComments(string text, int i, int end)
    {
        while (i < end && text[i] is ' ' or '\t' or '\r' or '\n' or '#')
        {
            if (text[i] == '#')
            {
                while (i < end && text[i] is not ('\r' or '\n'))
                {
                    i++;
                }
            }
            else
            {
                i++;
            }
        }

        return Math.Min(i, end);
    }
}
