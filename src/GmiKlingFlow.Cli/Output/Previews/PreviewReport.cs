using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Runtime.Previews;

namespace GmiKlingFlow.Cli.Output.Previews;

/// <summary>Tells what was made: a line as each job is done, or one JSON document at the end.</summary>
internal sealed class PreviewReport(Terminal terminal, bool isJson)
{
    private const string Notice = "Preview: clips at their times and volumes, and who speaks when. Lips don't move. Nothing is sent, nothing costs money.";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Ansi style = new(terminal.Traits.ColourOnOutput);
    private readonly List<Action<Utf8JsonWriter>> previews = [];
    private bool hasSaidNotice;
    private int made;
    private int notMade;

    public void Made(string flow, PlannedJob job, PreviewTask task, string file)
    {
        made++;
        if (isJson)
        {
            previews.Add(json => Write(json, flow, job.Job.Id, "rendered", task, file));
            return;
        }

        Line(style.Green("rendered"), job.Job.Id, file);
        foreach (var clip in task.Soundtrack.Clips)
        {
            terminal.WriteSentence(Told(clip, task), indent: 4);
        }

        terminal.Data.Flush();
    }

    /// <param name="status">One or two words; the diagnostic was told.</param>
    public void Refused(string flow, PlannedJob job, string status)
    {
        notMade++;
        if (isJson)
        {
            previews.Add(json => Write(json, flow, job.Job.Id, status, null, null));
            return;
        }

        Line(style.Red(status), job.Job.Id, null);
    }

    public void Finish()
    {
        if (!isJson)
        {
            SayNotice();
            terminal.WriteSentence(string.Create(CultureInfo.InvariantCulture, $"{made} rendered{(notMade > 0 ? $", {notMade} not" : "")}. Lips don't move in a preview."));
            return;
        }

        terminal.WriteData(stream =>
        {
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartObject();
            json.WriteBoolean("lips_move", false);
            json.WriteStartArray("previews");
            previews.ForEach(write => write(json));
            json.WriteEndArray();
            json.WriteEndObject();
        });
        terminal.Data.WriteLine();
    }

    private void SayNotice()
    {
        if (!hasSaidNotice)
        {
            hasSaidNotice = true;
            terminal.WriteSentence(Notice);
        }
    }

    private void Line(string status, string job, string? file)
    {
        SayNotice();
        terminal.Data.WriteLine($"{status}  {Printable.Line(job)}{(file is null ? "" : $"  {Printable.Line(file)}")}");
    }

    private static string Told(HeardClip clip, PreviewTask task)
    {
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"{Printable.Line(clip.Face)} speaks from {clip.Heard.Start.TotalSeconds:0.###} s to {clip.Heard.End.TotalSeconds:0.###} s");
        words += clip.Gain == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", volume {clip.Gain:0.##}");
        words += task.SoundFiles[clip.Entry] is null ? " · not heard here: only Kling has this audio_id" : "";
        return words + (clip.Visible is null ? " · face not known yet, taken as seen all the time: gkflow identify finds it" : "");
    }

    private static void Write(Utf8JsonWriter json, string flow, string job, string status, PreviewTask? task, string? file)
    {
        json.WriteStartObject();
        json.WriteString("flow", flow);
        json.WriteString("job", job);
        json.WriteString("status", status);
        json.WriteString("file", file);
        if (task is not null)
        {
            json.WriteNumber("duration_ms", (long)task.Duration.TotalMilliseconds);
            json.WriteNumber("original_volume", task.HasSound ? task.Soundtrack.OriginalGain : 0);
            json.WriteStartArray("clips");
            foreach (var clip in task.Soundtrack.Clips)
            {
                json.WriteStartObject();
                json.WriteString("face", clip.Face);
                json.WriteNumber("from_ms", (long)clip.Heard.Start.TotalMilliseconds);
                json.WriteNumber("to_ms", (long)clip.Heard.End.TotalMilliseconds);
                json.WriteNumber("volume", clip.Gain);
                json.WriteBoolean("heard", task.SoundFiles[clip.Entry] is not null);
                json.WriteBoolean("face_known", clip.Visible is not null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
