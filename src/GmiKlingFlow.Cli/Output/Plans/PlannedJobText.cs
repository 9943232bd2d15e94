using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>One job's block: mark and reason, then what is sent, each label with its values in a hanging indent.</summary>
internal sealed class PlannedJobText(SharedRequests shared, PlanView view, TextWriter output)
{
    private const int LabelWidth = 10;
    private const int Indent = 4;
    private const int HeadIndent = 2;

    private const string Blanks = "                ";

    private readonly Ansi style = new(view.Colour);

    // Wide enough for a line, so that it is neither put together from pieces nor made anew for each.
    private readonly StringBuilder scratch = new(Math.Clamp(view.Width * 2, 128, 1024));

    /// <summary>How wide the ids of jobs of one line are made, so that their reasons begin in one column.</summary>
    public int IdColumns { get; init; }

    public void Write(PlannedJob job)
    {
        WriteHead(job);
        if (job.Action == JobAction.Blocked)
        {
            WriteProblems(job.Problems.Where(problem => problem.Severity == Severity.Error));
            WriteMisfits(job);
        }
        else if (!PlanTextRenderer.IsOneLine(job))
        {
            WriteDetails(job);
        }
    }

    private void WriteHead(PlannedJob job)
    {
        var (id, reason) = (Printable.Line(job.Job.Id), job.Action == JobAction.Blocked ? "blocked" : Printable.Line(job.Reason));
        if (PlanTextRenderer.IsOneLine(job) && Printable.Width(id) <= IdColumns && HeadIndent + IdColumns + 2 + Printable.Width(reason) <= view.Width)
        {
            // Neighbours of one line each are a table.
            Line($"{ActionMark.Of(job.Action, style)} {id}{new string(' ', IdColumns - Printable.Width(id))}  {reason}");
            return;
        }

        IEnumerable<string> items = Cost(job) is > 0 and var cost ? [id, Money.Text(cost), reason] : [id, reason];
        var lines = Flow(items, view.Width - Indent);
        for (var i = 0; i < lines.Count; i++)
        {
            Line(i == 0 ? $"{ActionMark.Of(job.Action, style)} {lines[i]}" : $"{new string(' ', Indent)}{lines[i]}");
        }
    }

    /// <returns>What the job's requests are estimated to cost; those that an earlier job sends count there.</returns>
    public static decimal Cost(PlannedJob job) => job.Steps.Sum(static step => step.EstimatedUsd);

    /// <summary>What kept jobs from being made, in a block of its own.</summary>
    public void WriteUnplanned(IReadOnlyList<Diagnostic> problems)
    {
        Line($"{ActionMark.Of(JobAction.Blocked, style)} not planned because of {UnplannedProblems.Count(problems.Count)}");
        WriteProblems(problems.Take(UnplannedProblems.Most));
        if (problems.Count > UnplannedProblems.Most)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{new string(' ', Indent)}and {problems.Count - UnplannedProblems.Most} more"));
        }
    }

    private void WriteProblems(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
        {
            Field(problem.Code, [UnplannedProblems.Line(problem)], style.Red(problem.Code));
            foreach (var hint in (problem.Hint ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                // A table of faces keeps its columns.
                Line($"{new string(' ', Indent + LabelWidth)}{Printable.Line(hint)}");
            }
        }
    }

    private void WriteDetails(PlannedJob job)
    {
        Field("video", [Video(job.Job.Video)]);
        Field("output", [Printable.Line(job.Job.Output)]);
        if (job.Job.Subtitles is { } subtitles)
        {
            Field("subtitles", [Printable.Line(subtitles.Shown)]);
        }

        if (job.Job.Labels.Count > 0)
        {
            Field("labels", job.Job.Labels.Select(label => Printable.Line($"{label.Key}={label.Value}")));
        }

        if (!Sends(job))
        {
            if (job is { Action: JobAction.Settle, Steps: [.., var sync] })
            {
                Field("sync", [$"{Money.Text(sync.PriceUsd)} more if the service never took it"]);
            }

            return;
        }

        foreach (var pass in job.Passes)
        {
            WritePass(job, pass);
        }
    }

    private void WritePass(PlannedJob job, PlannedPass pass)
    {
        if (job.Passes.Count > 1)
        {
            Line($"{new string(' ', Indent)}{style.Bold(string.Create(CultureInfo.InvariantCulture, $"pass {pass.Number} of {job.Passes.Count}"))}");
        }

        Field("identify", StepItems(job, pass, pass.Identify));
        Field("sync", StepItems(job, pass, pass.Sync));
        if (pass.Sync.Action == StepAction.Create)
        {
            foreach (var entry in PlannedEntry.Of(pass))
            {
                WriteEntry(job, entry);
            }
        }
    }

    public static bool Sends(PlannedJob job) => job.Steps.Any(step => step.Action == StepAction.Create);

    private IEnumerable<string> StepItems(PlannedJob job, PlannedPass pass, PlannedStep step)
    {
        if (step.Action == StepAction.Reuse)
        {
            return [step.Model == ModelNames.IdentifyFace && pass.Session is { } session ? Session(session) : "already sent"];
        }

        var price = shared.SentBy(job, step) is { } first ? $"shared with {Printable.Line(first)}" : Money.Text(step.EstimatedUsd);
        return step.Payload.Members
            .Where(member => member.Key != "face_choose")
            .Select(member => $"{member.Key} {PayloadText.Of(member.Value)}")
            .Concat(step.Model == ModelNames.IdentifyFace && job.LockedFaces is not null ? ["faces held against the lock"] : [])
            .Prepend(price);
    }

    private string Session(KnownSession session)
    {
        var age = view.Now is { } now ? Age(now - session.IdentifiedAt) : string.Create(CultureInfo.InvariantCulture, $"of {session.IdentifiedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return string.Create(CultureInfo.InvariantCulture, $"reused: session {age}, {session.Faces.Count} {(session.Faces.Count == 1 ? "face" : "faces")}");
    }

    private static string Age(TimeSpan age) => age.TotalMinutes < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (long)age.TotalMinutes)} min old")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Round(age.TotalHours)} h old");

    private void WriteEntry(PlannedJob job, PlannedEntry entry)
    {
        var members = entry.Members.Members.Select(member => $"{Printable.Line(member.Key)} {PayloadText.Of(member.Value)}");
        Field(Printable.Line(entry.Entry.Face.Name), entry.Entry.Cues.Count == 0 ? members : members.Prepend(Cues(entry.Entry.Cues)));
        if (entry.Clip is { } clip)
        {
            foreach (var line in Timeline(job.Job.Video, clip, entry.Face))
            {
                Blank(Indent + LabelWidth);
                Line(line);
            }
        }
    }

    // What stands against a clip that does not fit is seen at a glance.
    private void WriteMisfits(PlannedJob job)
    {
        foreach (var timing in job.Timings)
        {
            var lines = timing.Clip is { } clip ? Timeline(job.Job.Video, clip, timing.Face) : ["clip not known yet"];
            Field(Printable.Line(timing.Entry.Face.Name), [lines[0]]);
            foreach (var line in lines.Skip(1))
            {
                Blank(Indent + LabelWidth);
                Line(line);
            }
        }
    }

    private IReadOnlyList<string> Timeline(Video video, TimeRange clip, Face? face)
    {
        var bar = new TimelineBar(video.Duration, clip, face?.Visible).Text(Room);
        var legend = Legend(video, clip, face).ToList();
        var line = string.Join(" · ", legend);
        return bar.Length == 0 ? Flow(legend, Room)
            : bar.Length + 2 + Printable.Width(line) <= Room ? [$"{bar}  {line}"] : [bar, .. Flow(legend, Room)];
    }

    private static IEnumerable<string> Legend(Video video, TimeRange clip, Face? face)
    {
        yield return video.Duration is { } duration
            ? $"clip {Range(clip)} of {Number(duration)} ms"
            : $"clip {Range(clip)} ms, ? video of unknown length";
        if (face is null)
        {
            yield return "▒ face not known yet";
            yield break;
        }

        yield return $"face {Range(face.Visible)}, overlap {Number(clip.Overlap(face.Visible))} ms";
        var inVideo = clip with { End = video.Duration < clip.End ? video.Duration.Value : clip.End };
        if (clip.Length - inVideo.Overlap(face.Visible) is var unseen && unseen > TimeSpan.Zero)
        {
            yield return $"! {Number(unseen)} ms without the face";
        }
    }

    private static string Video(Video video) =>
        video.Duration is { } duration ? $"{SignedText.Hidden(Printable.Line(video.Source.Shown))} ({Number(duration)} ms)" : SignedText.Hidden(Printable.Line(video.Source.Shown));

    private IReadOnlyList<string> Flow(IEnumerable<string> items, int width) => TextColumns.Flow(items, width, view.Breaks, scratch);

    private int Room => Math.Max(16, view.Width - Indent - LabelWidth);

    private void Field(string label, IEnumerable<string> items, string? styledLabel = null)
    {
        var width = Printable.Width(label);
        var lines = Flow(items, Room);
        var fits = width < LabelWidth;
        if (fits && lines.Count == 0)
        {
            return;
        }

        Blank(Indent);
        output.Write(styledLabel ?? label);
        if (!fits)
        {
            Line("");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            Blank(i == 0 && fits ? LabelWidth - width : Indent + LabelWidth);
            Line(lines[i]);
        }
    }

    private static string Cues(IReadOnlyList<int> cues) => cues.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"cue {cues[0]}")
        : $"cues {string.Join("+", cues.Select(cue => cue.ToString(CultureInfo.InvariantCulture)))} joined";

    private static string Range(TimeRange range) => $"{Number(range.Start)}-{Number(range.End)}";

    private static string Number(TimeSpan time) => ((long)Math.Floor(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);

    private void Blank(int columns) => output.Write(Blanks.AsSpan(0, columns));

    private void Line(string text)
    {
        output.Write(text);
        output.Write('\n');
    }
}
