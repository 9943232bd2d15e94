using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Templating.Functions;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Templating;

/// <summary>Holds the tables of schemas/README.md against the language.</summary>
public sealed class DocumentedFunctionsTests
{
    public static TheoryData<string, string> Examples =>
        [.. Rows().Select(cells => Array.FindIndex(cells, IsExample) is var at ? (cells[at], cells[at + 1]) : default)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Evaluated_GivesTheDocumentedResult(string example, string result) => Assert.Equal(result, Shown(TemplateCase.Value(example)));

    [Fact]
    public void Functions_OfferedAndDocumented_AreTheSame()
    {
        var documented = Rows().Select(r => r[0]).Where(c => !IsExample(c));
        var offered = FunctionTable.All.Where(f => f.FullName != "date.now").Select(f => f.Signature);
        Assert.Equal(offered.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_EachExample_UsesItsFunction()
    {
        foreach (var row in Rows().Where(r => !IsExample(r[0])))
        {
            Assert.Contains(row[0].Split(' ')[0], row[2], StringComparison.Ordinal);
        }
    }

    private static bool IsExample(string cell) => cell.StartsWith("{{", StringComparison.Ordinal);

    private static string Shown(TemplateValue value) =>
        value is TemplateValue.Moment or TemplateValue.Span ? TemplateText.Of(value) : ValueExpression.Of(value).Print();

    // The cells of all tables with an example, without code marks and escapes.
    private static IEnumerable<string[]> Rows([CallerFilePath] string thisFile = "")
    {
        var readme = Path.Combine(Path.GetDirectoryName(thisFile) ?? "", "..", "..", "..", "schemas", "README.md");
        var section = File.ReadAllText(readme).Split("## Templates")[1].Split("\n## ")[0];
        var rows = section.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => Regex.Split(line, @"(?<!\\)\|")[1..^1].Select(Plain).ToArray())
            .ToList();
        Assert.True(rows.Count > 100, "The tables of schemas/README.md were not found.");
        return rows;
    }

    private static string Plain(string cell)
    {
        var text = cell.Trim().Replace("\\|", "|", StringComparison.Ordinal);
        return text.StartsWith("`` ", StringComparison.Ordinal) ? text[3..^3] : text.StartsWith('`') && text.EndsWith('`') ? text[1..^1] : text;
    }
}
