using GmiKlingFlow.Core.Model;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Matrices mean what they mean in GitHub Actions; the first cases are those of its documentation.</summary>
public sealed class MatrixTests
{
    [Fact]
    public void Load_TwoAxes_FirstVariesSlowest() => Assert.Equal(
        ["ubuntu-latest 10", "ubuntu-latest 12", "windows-latest 10", "windows-latest 12"],
        Rows("os: [ubuntu-latest, windows-latest]\nversion: [10, 12]", "{{ matrix.os }} {{ matrix.version }}"));

    [Fact]
    public void Load_IncludeOfTheDocumentation_ExpandsOrAdds()
    {
        var rows = Rows(
            """
            fruit: [apple, pear]
            animal: [cat, dog]
            include:
              - color: green
              - color: pink
                animal: cat
              - fruit: apple
                shape: circle
              - fruit: banana
              - fruit: banana
                animal: cat
            """,
            "{{ matrix.fruit }} {{ matrix.animal ?? '' }} {{ matrix.color ?? '' }} {{ matrix.shape ?? '' }}");
        Assert.Equal(["apple cat pink circle", "apple dog green circle", "pear cat pink ", "pear dog green ", "banana   ", "banana cat  "], rows);
    }

    [Fact]
    public void Load_IncludeAddsVersionToOneRow_AsDocumented() => Assert.Equal(
        ["windows-latest 14 ", "windows-latest 16 6", "ubuntu-latest 14 ", "ubuntu-latest 16 "],
        Rows(
            "os: [windows-latest, ubuntu-latest]\nnode: [14, 16]\ninclude:\n  - os: windows-latest\n    node: 16\n    npm: 6",
            "{{ matrix.os }} {{ matrix.node }} {{ matrix.npm ?? '' }}"));

    [Fact]
    public void Load_OnlyInclude_MakesThoseRows() => Assert.Equal(
        ["production site-a", "staging site-b"],
        Rows("include:\n  - { site: production, datacenter: site-a }\n  - { site: staging, datacenter: site-b }", "{{ matrix.site }} {{ matrix.datacenter }}"));

    [Fact]
    public void Load_ExcludeOfTheDocumentation_MatchesPartially()
    {
        var rows = Rows(
            """
            os: [macos-latest, windows-latest]
            version: [12, 14, 16]
            environment: [staging, production]
            exclude:
              - os: macos-latest
                version: 12
                environment: production
              - os: windows-latest
                version: 16
            """,
            "{{ matrix.os }} {{ matrix.version }} {{ matrix.environment }}");
        Assert.Equal(9, rows.Count);
        Assert.DoesNotContain("macos-latest 12 production", rows);
        Assert.DoesNotContain(rows, r => r.StartsWith("windows-latest 16", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_IncludeAfterExclude_BringsARowBack() => Assert.Equal(
        ["en", "fr", "de"],
        Rows("locale: [en, de, fr]\nexclude: [{ locale: de }]\ninclude: [{ locale: de }]", "{{ matrix.locale }}"));

    [Fact]
    public void Load_MapsAsValues_AreReadByMember() => Assert.Equal(
        ["en 3", "de 4"],
        Rows("voice:\n  - { locale: en, speed: 3 }\n  - { locale: de, speed: 4 }", "{{ matrix.voice.locale }} {{ matrix.voice.speed }}"));

    [Fact]
    public void Load_AxisFromVars_IsExpanded()
    {
        var flow = FlowCase.Of("vars: { locales: [en, de] }\n" + JobWith("locale: \"{{ vars.locales }}\"", "{{ matrix.locale }}")).Load();
        Assert.Equal(["en", "de"], flow.Jobs.Select(Label));
    }

    [Fact]
    public void Load_NumberAndText_AreDifferentValues() => Assert.Equal(
        ["1", "1"],
        Rows("n: [1, \"1\", 2]\nexclude: [{ n: 2 }]", "{{ matrix.n }}"));

    [Fact]
    public void Load_JobIndex_CountsTheRows() => Assert.Equal(["0", "1", "2"], Rows("n: [a, b, c]", "{{ job.index }}"));

    [Theory]
    [InlineData("locale: en", "GKF2003")]
    [InlineData("locale: []", "GKF4019")]
    [InlineData("locale: [en]\nexclude: [{ lcale: en }]", "GKF4020")]
    [InlineData("locale: [en]\ninclude: [en]", "GKF2003")]
    [InlineData("locale: [en]\ninclude: { locale: en }", "GKF2003")]
    [InlineData("locale: [en]\nexclude: [{ locale: en }]", "GKF4021")]
    public void Load_WrongMatrix_IsTold(string matrix, string code) =>
        Assert.Equal([code], FlowCase.Of(JobWith(matrix, "x")).Codes());

    private static List<string> Rows(string matrix, string label) => [.. FlowCase.Of(JobWith(matrix, label)).Load().Jobs.Select(Label)];

    private static string Label(Job job) => Assert.Single(job.Labels).Value;

    private static string JobWith(string matrix, string label) =>
        "jobs:\n  - id: \"row-{{ matrix | object.to_json | string.md5 }}\"\n"
        + $"    matrix:\n      {matrix.ReplaceLineEndings("\n").Replace("\n", "\n      ", StringComparison.Ordinal)}\n    labels: {{ shown: \"{label}\" }}\n    video: host\n    faces: [{{ face: anna, audio: hello }}]\n";
}
