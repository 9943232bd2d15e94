using GmiKlingFlow.Core.Manifests;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class VarTests
{
    private const string Vars = "vars:\n  locale: en\n  voice: { speed: 1, name: anna }\n";

    [Theory]
    [InlineData("locale", "de", "de anna 1")]
    [InlineData("voice.speed", "3", "en anna 3")]
    [InlineData("voice.name", "\"ben\"", "en ben 1")]
    [InlineData("voice", "{ speed: 2, name: carl }", "en carl 2")]
    [InlineData("locale", "{{ not evaluated }}", "{{ not evaluated }} anna 1")]
    public void Load_Var_Overrides(string name, string value, string expected) =>
        Assert.Equal(expected, Label(Case().With(i => i with { Vars = [new VarOverride(name, value)] })));

    [Fact]
    public void Load_NumberInQuotes_IsText()
    {
        var flow = FlowCase.Of("vars: { n: 0 }\njobs:\n  - { id: a, labels: { l: \"{{ vars.n + 1 }}\" }, video: host, faces: [{ face: anna, audio: hello }] }\n");
        Assert.Equal("31", Label(flow.With(i => i with { Vars = [new VarOverride("n", "\"3\"")] })));
    }

    [Fact]
    public void Load_VarFile_OverridesAndVarWins() => Assert.Equal("fr ben 2", Label(
        Case().WithFile("/flows/vars.yaml", "locale: de\nvoice: { speed: 2, name: ben }\n")
            .With(i => i with { VarFiles = ["vars.yaml"], Vars = [new VarOverride("locale", "fr")] })));

    [Theory]
    [InlineData("lcale", "x", "GKF4026")]
    [InlineData("locale.x", "1", "GKF4027")]
    [InlineData("", "1", "GKF4027")]
    [InlineData("voice..x", "1", "GKF4027")]
    [InlineData("locale", "[en, de", "GKF4027")]
    [InlineData("locale", "'en", "GKF4027")]
    public void Load_WrongVar_IsTold(string name, string value, string code) =>
        Assert.Equal([code], Case().With(i => i with { Vars = [new VarOverride(name, value)] }).Codes());

    [Theory]
    [InlineData("- en\n", "GKF4028")]
    [InlineData("a: [\n", "GKF1001")]
    [InlineData("", "GKF1013")]
    public void Load_WrongVarFile_IsTold(string text, string code) =>
        Assert.Equal([code], Case().WithFile("/flows/vars.yaml", text).With(i => i with { VarFiles = ["vars.yaml"] }).Codes());

    [Fact]
    public void Load_MissingVarFile_IsTold() => Assert.Equal(["GKF1014"], Case().With(i => i with { VarFiles = ["none.yaml"] }).Codes());

    [Fact]
    public void Load_Environment_GivesOnlyWhatIsListed()
    {
        var asked = new List<string>();
        var flow = FlowCase.Of("env: [BUILD]\njobs:\n  - { id: a, labels: { l: \"{{ env.BUILD }}\" }, video: host, faces: [{ face: anna, audio: hello }] }\n")
            .With(i => i with { Environment = name => { asked.Add(name); return "17"; } });
        Assert.Equal("17", Label(flow));
        Assert.Equal(["BUILD"], asked);
    }

    private static FlowCase Case() => FlowCase.Of(
        Vars + "jobs:\n  - { id: a, labels: { l: \"{{ vars.locale }} {{ vars.voice.name }} {{ vars.voice.speed }}\" }, video: host, faces: [{ face: anna, audio: hello }] }\n");

    private static string Label(FlowCase flow) => Assert.Single(Assert.Single(flow.Load().Jobs).Labels).Value;
}
