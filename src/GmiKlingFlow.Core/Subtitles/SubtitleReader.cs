using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>A subtitle file, read.</summary>
/// <param name="File">As it is shown to people.</param>
/// <param name="Cues">By start; where two start together, as written.</param>
internal sealed record SubtitleFile(string File, bool IsWebVtt, IReadOnlyList<Cue> Cues);

/// <summary>
/// Reads SubRip (SRT) and WebVTT. What players forgive is forgiven where nothing can be lost by it; words that belong to no cue, and times that
/// can't be read, are problems: a line that goes missing here is paid for as a video in which nobody says it.
/// </summary>
internal sealed class SubtitleReader
{
    /// <summary>A film's subtitles have some 150 kB, and a video here lasts a minute.</summary>
    public const int LargestFile = 1024 * 1024;

    /// <summary>Far more than anyone can say in the minute that a video may last.</summary>
    public const int MostCues = 2000;

    private const int MostProblems = 20;

    private static readonly string[] Ignored = ["NOTE", "STYLE", "REGION"];

    private readonly SubtitleText text;
    private readonly string path;
    private readonly bool isWebVtt;
    private readonly List<Cue> cues = [];
    private readonly DiagnosticBag problems = new();
    private int count;

    private SubtitleReader(SubtitleText text, string path)
    {
        (this.text, this.path) = (text, path);
        isWebVtt = IsHeader(text.Lines[0]);
    }

    /// <param name="file">As it is shown to people; a name that ends in <c>.vtt</c> must hold WebVTT.</param>
    /// <param name="path">The way through the flow to what names the file, for the places of problems.</param>
    /// <returns>Null when an error was added.</returns>
    public static SubtitleFile? Read(string file, string path, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        if (SubtitleText.Decode(file, bytes, diagnostics) is not { } text)
        {
            return null;
        }

        var reader = new SubtitleReader(text, path);
        if (!reader.isWebVtt && file.EndsWith(".vtt", StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Add(SubtitleDiagnostics.NoWebVttHeader(reader.At(0)));
            return null;
        }

        reader.ReadBlocks();
        // A line or two may be cues with a wrong arrow; more are another file altogether.
        if (reader.count == 0 && reader.problems.Count is (0 or > 3))
        {
            diagnostics.Add(SubtitleDiagnostics.NoCues(new Place(SourceSpan.StartOf(file), path), file));
            return null;
        }

        diagnostics.AddRange(Told(reader.problems, file, path));
        return reader.problems.HasErrors ? null : new SubtitleFile(file, reader.isWebVtt, [.. reader.cues.OrderBy(cue => cue.Times.Start)]);
    }

    /// <summary>Few of many problems of one file, errors first: mostly they have one cause.</summary>
    public static IEnumerable<Diagnostic> Told(DiagnosticBag problems, string file, string path)
    {
        var told = problems.OrderByDescending(problem => problem.Severity == Severity.Error).Take(MostProblems);
        return problems.Count <= MostProblems
            ? told
            : told.Append(SubtitleDiagnostics.MoreProblems(new Place(SourceSpan.StartOf(file), path), file, problems.Count - MostProblems));
    }

    private void ReadBlocks()
    {
        for (var first = 0; first < text.Lines.Count && count <= MostCues; first++)
        {
            if (IsBlank(first))
            {
                continue;
            }

            var end = first + 1;
            while (end < text.Lines.Count && !IsBlank(end))
            {
                end++;
            }

            ReadBlock(first, end);
            first = end;
        }

        if (count > MostCues)
        {
            problems.Add(SubtitleDiagnostics.TooManyCues(new Place(SourceSpan.StartOf(text.Span(0).File), path), text.Span(0).File, MostCues));
        }
    }

    // A block holds one cue; more where the blank lines between them are missing.
    private void ReadBlock(int first, int end)
    {
        var timing = NextTiming(first, end);
        if (timing == end)
        {
            var isComment = isWebVtt && (first == 0 || Ignored.Any(word => StartsWithWord(text.Lines[first], word)));
            if (!isComment)
            {
                problems.Add(SubtitleDiagnostics.StrayText(At(first), text.Lines[first].Trim()));
            }

            return;
        }

        // One line above the times is the cue's number or name.
        var head = first == 0 && isWebVtt ? 1 : first;
        if (timing - head > 1)
        {
            problems.Add(SubtitleDiagnostics.StrayText(At(head), text.Lines[head].Trim()));
        }

        var id = timing > head ? text.Lines[timing - 1].Trim() : "";
        while (timing < end && count <= MostCues)
        {
            var next = NextTiming(timing + 1, end);
            var hasNumber = next < end && next - 1 > timing && IsNumber(text.Lines[next - 1]);
            ReadCue(id, timing, hasNumber ? next - 1 : next);
            id = hasNumber ? text.Lines[next - 1].Trim() : "";
            timing = next;
        }
    }

    private void ReadCue(string id, int timing, int end)
    {
        count++;
        var (start, stop) = CueTime.Parse(text.Lines[timing]);
        var startSpan = text.Span(timing, start.Where.Start.Value, start.Where.End.Value);
        var endSpan = text.Span(timing, stop.Where.Start.Value, stop.Where.End.Value);
        if (start.Value is not { } from || stop.Value is not { } to)
        {
            var (span, where) = start.Value is null ? (startSpan, start.Where) : (endSpan, stop.Where);
            problems.Add(SubtitleDiagnostics.BadTime(new Place(span, path), text.Lines[timing][where]));
            return;
        }

        if (to <= from)
        {
            problems.Add(SubtitleDiagnostics.EndsBeforeStart(new Place(endSpan, path), text.Lines[timing][stop.Where], text.Lines[timing][start.Where]));
            return;
        }

        if (cues.Count > 0 && from < cues[^1].Times.Start)
        {
            problems.Add(SubtitleDiagnostics.OutOfOrder(new Place(startSpan, path), text.Lines[timing][start.Where], cues[^1].StartSpan));
        }

        cues.Add(Cue(id, new TimeRange(from, to), startSpan, endSpan, timing, end));
    }

    private Cue Cue(string id, TimeRange times, SourceSpan startSpan, SourceSpan endSpan, int timing, int end)
    {
        var labels = new List<SpeakerLabel>();
        var words = new List<string>();
        var hasSpeech = false;
        for (var i = timing + 1; i < end; i++)
        {
            var line = CueLine.Parse(text.Lines[i]);
            labels.AddRange(line.Labels.Select(label => new SpeakerLabel(
                label.Form, label.Name, label.IsFirst && words.Count == 0, text.Span(i, label.Where.Start.Value, label.Where.End.Value))));
            hasSpeech |= line.HasSpeech;
            if (line.Text.Length > 0)
            {
                words.Add(line.Text);
            }
        }

        return new Cue(count, id, times, labels, hasSpeech, string.Join(' ', words), startSpan, endSpan, text.Span(end > timing + 1 ? timing + 1 : timing));
    }

    private int NextTiming(int from, int end)
    {
        while (from < end && !text.Lines[from].Contains(CueTime.Arrow, StringComparison.Ordinal))
        {
            from++;
        }

        return from;
    }

    private Place At(int line) => new(text.Span(line), path);

    private bool IsBlank(int line) => text.Lines[line].AsSpan().Trim().IsEmpty;

    private static bool IsHeader(string line) => StartsWithWord(line, "WEBVTT");

    private static bool StartsWithWord(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && (line.Length == word.Length || line[word.Length] is ' ' or '\t');

    private static bool IsNumber(string line) => line.AsSpan().Trim() is { IsEmpty: false } digits && digits.IndexOfAnyExceptInRange('0', '9') < 0;
}
