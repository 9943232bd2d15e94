using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class HostileTextTests
{
    private static readonly string[] Pieces =
    [
        "a", "b: ", ": ", "- ", "? ", "[", "]", "{", "}", ",", "\n", "\n  ", "\n    ", "\t", " ", "&x ", "*x", "<<: ", "!!str ", "!t ", "'", "\"", "|", ">", "|2", "#", "%YAML 1.2\n",
        "---\n", "...\n", "{{ vars.a }}", "{{", "}}", "\\", "\\u00", "@", "`", "😀", "\ud83d", "\r", "\r\n", "jobs:\n", "  - id: ", "videos:\n", "matrix: ", "include: ", "vars: ", "null", "~", "1e999", "0x", ".inf", "\u00a0",
    ];

    [Fact]
    public void Load_AnyText_GivesDiagnosticsAndNeverThrows() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat).ToArbitrary(),
        text =>
        {
            var flow = new FlowCase(text);
            flow.LoadAll();
            return flow.Diagnostics.HasErrors;
        }).Check(PropertyRun.Config.WithMaxTest(3000).WithEndSize(60));

    [Fact]
    public void Load_AnyTextInAFlow_NeverThrows() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat).ToArbitrary(),
        text => FlowCase.Of($"jobs:\n  - id: a\n    video: host\n    faces: {text.Replace("\n", "\n      ", StringComparison.Ordinal)}\n").LoadAll() is not null)
        .Check(PropertyRun.Config.WithMaxTest(2000).WithEndSize(40));

    [Fact]
    public void Load_AnyBytes_NeverThrows() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 255)).Select(b => b.Select(x => (byte)x).ToArray()).ToArbitrary(),
        bytes =>
        {
            var flow = new FlowCase("").WithBytes("/flows/flow.yaml", bytes);
            flow.LoadAll();
            return flow.Diagnostics.HasErrors;
        }).Check(PropertyRun.Config.WithMaxTest(1000));

    public static TheoryData<string, string> Bombs => new()
    {
        { "brackets", new string('[', 100_000) },
        { "bracket lines", Repeated("[\n", 100_000) },
        { "braces", new string('{', 100_000) },
        { "dashes", Repeated("- ", 100_000) },
        { "question marks", Repeated("? ", 100_000) },
        { "steps", string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', i) + "a:\n")) },
        { "quotes", "'" + new string('\'', 1_000_000) },
        { "open quote over lines", "\"" + new string('\n', 1_000_000) },
        { "documents", Repeated("---\n", 100_000) },
        { "anchors", Repeated("&a ", 100_000) },
        { "one key often", Repeated("a: b\n", 20_000) },
        { "merges", "x-a: &a {a: 1}\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"x-{i}: {{ <<: [{Repeated("*a, ", 20)}*a] }}\n")) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Load_Bomb_EndsWithAnError(string kind, string text)
    {
        Assert.NotEmpty(kind);
        var flow = new FlowCase(text);
        Assert.All(flow.LoadAll(), loaded => Assert.Empty(loaded.Jobs));
        Assert.True(flow.Diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("a: !t \n: \n")]
    [InlineData("0x}\tamatrix: !t \n: \n!t {{ vars.a }}b: [  - id:  ---\n")]
    [InlineData("a: !!str\n: b")]
    [InlineData("? !t\n: &x\n")]
    public void Load_EmptyTaggedValue_IsNoCrash(string text) => Assert.NotEmpty(new FlowCase(text).Codes());

    [Fact]
    public void Read_AliasesMultiplied_StopsAtTheBound()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            text.Append($"a{i}: &a{i} [{Repeated($"*a{i - 1}, ", 9)}*a{i - 1}]\n");
        }

        var diagnostics = new DiagnosticBag();
        ManifestReader.Read(new ManifestText("f", "/f", text.ToString()), diagnostics);
        Assert.Equal("GKF1007", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Read_AliasesInAChain_StopsAtTheDepth()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 200; i++)
        {
            text.Append($"a{i}: &a{i} [*a{i - 1}]\n");
        }

        var diagnostics = new DiagnosticBag();
        ManifestReader.Read(new ManifestText("f", "/f", text.ToString()), diagnostics);
        Assert.Equal("GKF1008", Assert.Single(diagnostics).Code);
    }

    private static string Repeated(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));
}
