using System.Runtime.CompilerServices;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Templating;

public sealed class TemplateDiagnosticsTests
{
    public static TheoryData<string> Codes => [.. ExplanationPages.RunBy(PageRunner.Templates, CatalogueAssert.CodesInStage(typeof(TemplateDiagnostics), '3'))];

    [Fact]
    public void Catalogue_AllCodes_AreOfStage3() => Assert.True(CatalogueAssert.CodesInStage(typeof(TemplateDiagnostics), '3').Count > 30);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Explanation_WrongExample_GivesTheCode(string code) => Assert.Equal(code, FirstProblem(Fence(code, "## Wrong")));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Explanation_RightExample_GivesNoProblem(string code) => Assert.Null(FirstProblem(Fence(code, "## Right")));

    [Theory]
    [InlineData("{{ vars.lead_on }}", 4, 16, "\"lead_on\" is not in \"vars\". Did you mean \"lead_in\"?")]
    [InlineData("ab {{ vras.x }}", 7, 11, "\"vras\" is not a name that templates can read. Did you mean \"vars\"?")]
    [InlineData("{{ 1 + string.upcse('a') }}", 8, 20, "\"string.upcse\" is not a function. Did you mean \"string.upcase\"?")]
    [InlineData("{{ upcase 'a' }}", 4, 10, "\"upcase\" is not a function. Did you mean \"string.upcase\"?")]
    [InlineData("{{ 'a' | upcase }}", 10, 16, "\"upcase\" is not a function. Did you mean \"string.upcase\"?")]
    [InlineData("{{ audio.duration_ms }}", 4, 9, "\"audio\" can't be read here: only face entries have it. Take it out, or compute it where it is known.")]
    [InlineData("{{ math.uuid }}", 4, 13, "\"math.uuid\" is not a function. The functions are in schemas/README.md.")]
    [InlineData("{{ vars.x | string.upcas }}", 13, 25, "\"string.upcas\" is not a function. Did you mean \"string.upcase\"?")]
    [InlineData("{{ vars.list[1 + 2] }}", 14, 19, "\"3\" is outside the 3 elements. Use 0 to 2, or -1 for the last.")]
    [InlineData("{{ 'x' | string.slice 'y' }}", 23, 26, "\"text y\" can't be \"start\" of \"string.slice\", which takes a whole number.")]
    [InlineData("{{ string.slice 'x' strat: 1 }}", 21, 26, "\"strat\" is not an argument of \"string.slice text start length?\". Did you mean \"start\"?")]
    [InlineData("{{ string.slice }}", 4, 16, "\"string.slice\" does not take 0 arguments. Write \"string.slice text start length?\"; what is piped in counts first.")]
    [InlineData("{{ vars.list * 2 }}", 4, 17, "\"*\" does not work between a list and a whole number. Convert one of them first.")]
    [InlineData("{{ for x in vars.list }}", 4, 7, "\"for\" is a statement, and templates hold expressions only. Use \"matrix:\" for repetition, or array functions.")]
    [InlineData("{{ vars.count = 5 }}", 15, 16, "\"=\" is not offered in templates. Put the value in \"vars:\"; to compare use \"==\".")]
    [InlineData("{{ 1\n + 2 }}", 7, 8, "\"+\" comes after the end of the expression. A \"{{ }}\" holds one: join with an operator, or use a second one.")]
    [InlineData("{{ (1 + 2 }}", 11, 13, "\"}}\" stands where \")\" to close the bracket is expected.")]
    public void Problem_OfAMistake_PointsAtItAndSaysWhatToDo(string template, int column, int endColumn, string message)
    {
        var problem = TemplateCase.Problem(template);
        Assert.Equal((column, endColumn, message), (problem.Place?.Span.Column, problem.Place?.Span.EndColumn, problem.Message));
    }

    private static string? FirstProblem(string template)
    {
        var run = new TemplateCase();
        run.Run(template);
        return run.Diagnostics.FirstOrDefault()?.Code;
    }

    private static string Fence(string code, string heading, [CallerFilePath] string thisFile = "")
    {
        var page = Path.Combine(Path.GetDirectoryName(thisFile) ?? "", "..", "..", "..", "src", "GmiKlingFlow.Core", "Diagnostics", "Explanations", $"{code}.md");
        var text = File.ReadAllText(page);
        Assert.StartsWith($"# {code}: ", text);
        var line = text.Split($"{heading}\n\n```yaml\n")[1].Split("\n```")[0];
        return line.Split(": ", 2)[1][1..^1];
    }
}
