using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

public sealed class JUnitReportTests
{
    public static TheoryData<string> Schemas => ["junit-windyroad.xsd", "junit-jenkins.xsd"];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Write_EveryStatus_FitsTheSchema(string schema) => Assert.Empty(Judged(schema, Xml(GivenRun.Outcome())));

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Write_RefusedNotStartedAndEmptyFlows_FitTheSchema(string schema) => Assert.Empty(Judged(schema, Xml(
        new FlowOutcome(GivenRun.Flow, null, [new("GKF4003", Severity.Error, "m", null)]),
        new FlowOutcome(GivenRun.Flow, null, []) { NotStarted = "Not started: 1 job failed before." },
        GivenRun.Outcome([]))));

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Judge_ReportWithoutACaseName_IsRefused(string schema)
    {
        var xml = Xml(GivenRun.Outcome());
        xml.Descendants("testcase").First().Attribute("name")?.Remove();

        Assert.NotEmpty(Judged(schema, xml));
    }

    [Fact]
    public void Write_Statuses_AreFailureErrorOrSkipped()
    {
        var suite = Assert.Single(Xml(GivenRun.Outcome()).Descendants("testsuite"));

        Assert.Equal(
            ["done:", "again:", "bad:failure", "slow:error", "lost:error", "left:skipped", "out:skipped"],
            suite.Elements("testcase").Select(c => $"{c.Attribute("name")?.Value}:{c.Elements().FirstOrDefault()?.Name}"));
        Assert.Equal(("7", "1", "2", "2"), (Value(suite, "tests"), Value(suite, "failures"), Value(suite, "errors"), Value(suite, "skipped")));
    }

    [Fact]
    public void Write_Failure_HasCodeMessageAndHint()
    {
        var failure = Assert.Single(Xml(GivenRun.Outcome()).Descendants("failure"));

        Assert.Equal(("GKF7021", "\"400\" & <no>."), (Value(failure, "type"), Value(failure, "message")));
        Assert.Equal("GKF7021: \"400\" & <no>.\nMend it.", failure.Value);
    }

    [Fact]
    public void Write_Skipped_SaysWhy() => Assert.Equal(
        ["pending: GKF9070: Enough.", "skipped: left to shard 2/2"],
        Xml(GivenRun.Outcome()).Descendants("skipped").Select(e => e.Value));

    [Fact]
    public void Write_OtherCulture_WritesSecondsWithAPoint()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            var suite = Assert.Single(Xml(GivenRun.Outcome()).Descendants("testsuite"));

            Assert.Equal(("90.500", "61.250"), (Value(suite, "time"), Value(suite.Elements("testcase").First(), "time")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("\u0001\u001b[31m", "\\u0001\\u001b[31m")]
    [InlineData("\ufffe", "\\ufffe")]
    [InlineData("]]>&<\"'", "]]>&<\"'")]
    [InlineData("🎬 ü", "🎬 ü")]
    public void Write_CharactersThatXmlCannotHold_AreSpelledOut(string text, string shown) => AssertShown(text, shown);

    [Fact]
    public void Write_HalfOfAPair_IsSpelledOut() => AssertShown($"{(char)0xD800}x{(char)0xDC00}", "\\ud800x\\udc00");

    private static void AssertShown(string text, string shown)
    {
        var job = GivenRun.Job(text, JobStatus.Failed) with { Error = new JobError("GKF7021", text, false, text) };
        var xml = Xml(GivenRun.Outcome([job]));

        Assert.Equal(shown, Value(xml.Descendants("testcase").Single(), "name"));
        Assert.Equal($"GKF7021: {shown}\n{shown}", xml.Descendants("failure").Single().Value);
    }

    [Fact]
    public void Write_InterruptedRun_IsAnErrorThoughEveryJobIsPending()
    {
        var xml = Xml(GivenRun.Outcome([GivenRun.Job("left", JobStatus.Pending)], RunEnd.Interrupted));

        var suite = xml.Descendants("testsuite").Single();
        Assert.Equal(("2", "1", "1"), (suite.Attribute("tests")?.Value, suite.Attribute("errors")?.Value, suite.Attribute("skipped")?.Value));
        Assert.Equal("interrupted", suite.Descendants("error").Single().Attribute("type")?.Value);
        Assert.All(Schemas, schema => Assert.Empty(Judged(schema, xml)));
    }

    [Fact]
    public void Write_RefusedFlow_IsAnErrorAndNotGreen()
    {
        var xml = Xml(new FlowOutcome(GivenRun.Flow, null, [new("GKF4207", Severity.Error, "Too much.", null), new("GKF4301", Severity.Warning, "w", null)]));

        Assert.Equal(("1", "1"), (Value(xml.Descendants("testsuite").Single(), "tests"), Value(xml.Descendants("testsuite").Single(), "errors")));
        Assert.Equal("GKF4207", Value(xml.Descendants("error").Single(), "type"));
    }

    private static string? Value(XElement element, string attribute) => element.Attribute(attribute)?.Value;

    private static XDocument Xml(params IReadOnlyList<FlowOutcome> outcomes)
    {
        using var stream = new MemoryStream();
        new JUnitReport(GivenRun.Start).Write(stream, outcomes);
        Assert.NotEqual(0xEF, stream.GetBuffer()[0]);
        return XDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static List<string> Judged(string schema, XDocument document)
    {
        var schemas = new XmlSchemaSet();
        using (var reader = XmlReader.Create(RepositoryFolder.Combine("tests", "schema-tools", schema)))
        {
            schemas.Add(null, reader);
        }

        // Windy Road's schema of 2011 is older than skipped cases, which every reader knows.
        document = new XDocument(document);
        document.Descendants("skipped").Where(_ => schema == "junit-windyroad.xsd").Remove();
        document.Descendants("testsuite").Attributes("skipped").Where(_ => schema == "junit-windyroad.xsd").Remove();

        var problems = new List<string>();
        document.Validate(schemas, (_, e) => problems.Add(e.Message));
        return problems;
    }
}
