using System.Globalization;
using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Templating;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>What is told without the framework's patterns and paths, against them.</summary>
public sealed partial class CoreSchemaTests
{
    private const string Letters = "+-.eE07x";
    private const int Longest = 6;

    [Fact]
    public void Resolve_EveryShortWordOfNumberLetters_IsAFloatWhereTheSchemaSaysSo()
    {
        var floats = 0;
        Span<char> word = stackalloc char[Longest];
        for (var length = 1; length <= Longest; length++)
        {
            for (var n = 0; n < Math.Pow(Letters.Length, length); n++)
            {
                for (var (i, rest) = (0, n); i < length; i++, rest /= Letters.Length)
                {
                    word[i] = Letters[rest % Letters.Length];
                }

                var text = word[..length].ToString();
                if (FloatPattern().IsMatch(text))
                {
                    floats++;
                    Assert.Equal(new TemplateValue.Float(double.Parse(text, CultureInfo.InvariantCulture)), CoreSchema.Resolve(text));
                }
                else if (CoreSchema.Resolve(text) is TemplateValue.Float)
                {
                    Assert.Fail($"\"{text}\" is no float.");
                }
            }
        }

        Assert.InRange(floats, 1000, 100_000);
    }

    [Theory]
    [InlineData("/work/dir", "/work/dir/flow.yaml")]
    [InlineData("/work/dir", "/work/dir/sub/flow.yaml")]
    [InlineData("/work/dir/", "/work/dir/flow.yaml")]
    [InlineData("/", "/flow.yaml")]
    [InlineData("/work/dir", "/work/dir")]
    [InlineData("/work/dir", "/work/dir/")]
    [InlineData("/work/dir", "/work/dir/sub/")]
    [InlineData("/work/dir", "/work/dirty/flow.yaml")]
    [InlineData("/work/dir", "/work/flow.yaml")]
    [InlineData("/work/dir", "/work/dir/../flow.yaml")]
    [InlineData("/work/dir/..", "/work/dir/../dir/flow.yaml")]
    [InlineData("/work/dir", "/work/dir//flow.yaml")]
    [InlineData("/work/dir", "/work/dir/..flow.yaml")]
    public void Shown_Path_IsRelativeWhereItLiesBelow(string workingDirectory, string path)
    {
        var relative = Path.GetRelativePath(workingDirectory, path).Replace('\\', '/');
        var expected = relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? path : relative;

        Assert.Equal(expected, new ManifestFiles(new DiskFlowFiles(), workingDirectory, new DiagnosticBag()).Shown(path));
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();
}
