using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>A flow's name and nothing else: status must work while the rest of the flow is being edited, or its media are gone.</summary>
internal static class FlowName
{
    private const long LargestFlow = 64 * 1024 * 1024;

    /// <returns>The name of the file's only flow, or null: for several flows, all of the state's are shown. The problem is a clause for people.</returns>
    public static (string? Name, string? Problem) In(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFlow)
            {
                return (null, "it is too large");
            }

            using var text = File.OpenText(path);
            var names = Names(new Parser(text)).Take(2).ToList();
            return names.Count == 1 ? (names[0], null) : (null, names.Count == 0 ? "it has no name" : null);
        }
        catch (YamlException e)
        {
            return (null, $"line {e.Start.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)} is not YAML");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, "it can't be opened");
        }
    }

    private static IEnumerable<string> Names(Parser parser)
    {
        var (depth, isKey, isName) = (0, true, false);
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case DocumentStart:
                    (depth, isKey, isName) = (0, true, false);
                    break;
                case MappingStart or SequenceStart:
                    depth++;
                    break;
                case MappingEnd or SequenceEnd:
                    depth--;
                    isKey = depth == 1 || isKey;
                    break;
                case Scalar scalar when depth == 1:
                    if (isName && !isKey)
                    {
                        yield return scalar.Value;
                    }

                    isName = isKey && scalar.Value == "name";
                    isKey = !isKey;
                    break;
                case AnchorAlias when depth == 1:
                    isKey = true;
                    break;
            }
        }
    }
}
