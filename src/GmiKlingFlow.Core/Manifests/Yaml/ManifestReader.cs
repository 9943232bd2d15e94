using GmiKlingFlow.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>Text to YAML documents with every place kept. Ends for every input, and never throws.</summary>
internal static class ManifestReader
{
    /// <summary>The documents that hold anything; those before the first syntax error when there is one.</summary>
    public static IReadOnlyList<ManifestDocument> Read(ManifestText source, DiagnosticBag diagnostics)
    {
        var parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
        if (!EventsAhead.IsWorthwhile(source.Text))
        {
            return Read(parser, source, diagnostics);
        }

        using var ahead = new EventsAhead(parser);
        return Read(ahead, source, diagnostics);
    }

    private static List<ManifestDocument> Read(IParser parser, ManifestText source, DiagnosticBag diagnostics)
    {
        var documents = new List<ManifestDocument>();
        var composer = new NodeComposer(parser, source, diagnostics);
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart)
                {
                    parser.MoveNext();
                    if (composer.ComposeRoot() is not { } root)
                    {
                        return documents;
                    }

                    if (root is not ManifestScalar { IsNull: true })
                    {
                        documents.Add(new ManifestDocument(source, root));
                    }
                }
            }
        }
        catch (YamlException e)
        {
            diagnostics.Add(SyntaxProblem.Describe(source, e));
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3 lets its own queue's exception out where a flow collection is left open above a block key.
            diagnostics.Add(SyntaxProblem.Unfinished(source, composer.LastOffset));
        }

        return documents;
    }
}
