using System.Globalization;
using System.Text;
using System.Xml;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>A run as JUnit XML: each flow a suite, each job a case. Fits the schemas of Ant (Windy Road) and Jenkins.</summary>
/// <param name="now">When the command ended: the time of a flow that was not executed.</param>
internal sealed class JUnitReport(DateTimeOffset now)
{
    private const string WholeFlow = "(the whole flow)";

    /// <summary>Whether a file is such a report, whoever wrote it; false where it can't be read.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var xml = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return xml.MoveToContent() == XmlNodeType.Element && xml.Name is "testsuites" or "testsuite";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            return false;
        }
    }

    public void Write(Stream output, IReadOnlyList<FlowOutcome> outcomes)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        foreach (var (index, outcome) in outcomes.Index())
        {
            WriteSuite(xml, index, outcome);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private void WriteSuite(XmlWriter xml, int index, FlowOutcome outcome)
    {
        var results = outcome.Report?.Results;
        var jobs = results?.Jobs ?? [];
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", outcome.Name);
        Attribute(xml, "package", outcome.Name);
        Attribute(xml, "id", Number(index));
        var ended = EndedEarly(outcome);
        Attribute(xml, "tests", Number(results is null ? 1 : jobs.Count + (ended is null ? 0 : 1)));
        Attribute(xml, "failures", Number(results?.Summary.Failed ?? 0));
        Attribute(xml, "errors", Number(results is null ? outcome.NotStarted is null ? 1 : 0 : results.Summary.Stalled + results.Summary.Unknown + (ended is null ? 0 : 1)));
        Attribute(xml, "skipped", Number(results is null ? outcome.NotStarted is null ? 0 : 1 : results.Summary.Skipped + results.Summary.Pending));
        Attribute(xml, "time", Seconds(results?.Summary.WallMs ?? 0));
        Attribute(xml, "timestamp", (results?.Run.StartedAt ?? now).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        Attribute(xml, "hostname", results?.Run.Host is { Length: > 0 } host ? host : "localhost");
        WriteProperties(xml, outcome);
        foreach (var job in jobs)
        {
            WriteJob(xml, outcome.Name, job);
        }

        if (results is null)
        {
            WriteNotExecuted(xml, outcome);
        }
        else if (ended is not null)
        {
            WriteWhole(xml, outcome, () => WriteFailure(xml, "error", ended));
        }

        xml.WriteElementString("system-out", results is null ? "" : Text(RunSummaryText.Verdict(results)));
        xml.WriteElementString("system-err", outcome.Report?.Reason is { } reason ? Text($"Ended early: {reason.Code}: {reason.Message}") : "");
        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, FlowOutcome outcome)
    {
        xml.WriteStartElement("properties");
        Property(xml, "flow", outcome.File);
        if (outcome.Report?.Results is { } results)
        {
            Property(xml, "run", results.Run.Id);
            Property(xml, "tool_version", results.Run.ToolVersion);
            Property(xml, "simulated", results.Run.Simulated ? "true" : "false");
            Property(xml, "cost_usd", results.Summary.CostUsd.ToString(CultureInfo.InvariantCulture));
            if (results.Run.Shard is { } shard)
            {
                Property(xml, "shard", string.Create(CultureInfo.InvariantCulture, $"{shard.Index}/{shard.Count}"));
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteJob(XmlWriter xml, string flow, JobResult job)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", job.Id);
        Attribute(xml, "classname", flow);
        Attribute(xml, "time", Seconds(Milliseconds(job)));
        if (IsSkipped(job))
        {
            // Its words stand inside: Jenkins' schema knows no attribute here.
            xml.WriteElementString("skipped", Text($"{RunWords.Status(job.Status)}{(job.Error is { } why ? $": {why.Code}: {why.Message}" : job.Reason is { } reason ? $": {reason}" : "")}"));
        }
        else if (job.Status == JobStatus.Failed || IsError(job))
        {
            WriteFailure(xml, job.Status == JobStatus.Failed ? "failure" : "error", job.Error ?? new JobError(RunWords.Status(job.Status), RunWords.Status(job.Status), Retryable: true, Hint: null));
        }

        xml.WriteEndElement();
    }

    /// <summary>A run that was cut short is an error of the suite, never green because all that is left is pending.</summary>
    private static JobError? EndedEarly(FlowOutcome outcome) => outcome.Report is not { End: not (RunEnd.Completed or RunEnd.FailureLimit) } report ? null
        : report.Reason is { } reason ? JobError.Of(reason)
        : new JobError("interrupted", "The run was interrupted.", Retryable: true, "Run again: it goes on from where it was.");

    /// <summary>So is a run that was refused.</summary>
    private static void WriteNotExecuted(XmlWriter xml, FlowOutcome outcome) => WriteWhole(xml, outcome, () =>
    {
        if (outcome.NotStarted is { } reason)
        {
            xml.WriteElementString("skipped", Text(reason));
            return;
        }

        var errors = outcome.Told.Where(static told => told.Severity == Severity.Error).ToList();
        var first = errors.FirstOrDefault();
        WriteFailure(
            xml,
            "error",
            new JobError(first?.Code ?? "not sent", first?.Message ?? "Nothing was sent.", Retryable: false, string.Join('\n', errors.Skip(1).Select(static more => $"{more.Code}: {more.Message}"))));
    });

    private static void WriteWhole(XmlWriter xml, FlowOutcome outcome, Action write)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", WholeFlow);
        Attribute(xml, "classname", outcome.Name);
        Attribute(xml, "time", Seconds(0));
        write();
        xml.WriteEndElement();
    }

    private static void WriteFailure(XmlWriter xml, string element, JobError error)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "type", error.Code);
        Attribute(xml, "message", error.Message);
        xml.WriteString(Text($"{error.Code}: {error.Message}{(error.Hint is { Length: > 0 } hint ? $"\n{hint}" : "")}"));
        xml.WriteEndElement();
    }

    private static bool IsSkipped(JobResult job) => job.Status is JobStatus.Skipped or JobStatus.Pending;

    // Nobody can say yet whether it is a failure: paid and not finished, or lost.
    private static bool IsError(JobResult job) => job.Status is JobStatus.Stalled or JobStatus.Unknown;

    private static long Milliseconds(JobResult job) =>
        job is { StartedAt: { } from, FinishedAt: { } to } ? Math.Max(0, (long)(to - from).TotalMilliseconds) : 0;

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Text(value));

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(long milliseconds) => (milliseconds / 1000m).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>XML 1.0 has no way at all to write most control characters and halves of pairs: they are spelled out.</summary>
    private static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                safe.Append(text[i]).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                safe.Append(text[i]);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
        }

        return safe.ToString();
    }
}
