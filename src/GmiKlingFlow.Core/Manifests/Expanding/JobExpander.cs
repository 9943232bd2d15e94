using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>One row of a job template to a job. The order of a job's values is id, labels, when, video, faces, output.</summary>
internal sealed class JobExpander(ValueReader values, Scopes scopes, NamedSources named, EntryExpander entries, SegmentExpander segments, VerbatimExpander verbatim, SoundTemplate defaults)
{
    private readonly JobIds ids = new();
    private readonly OutputRegister outputs = new();

    /// <param name="matrix">Null for a job without a matrix.</param>
    /// <param name="index">Of the row, from 0.</param>
    /// <returns>The job, or what is left of one that can't be built.</returns>
    public (Job? Job, UnbuiltJob? Unbuilt) Expand(JobTemplate template, TemplateValue.Map? matrix, int index)
    {
        var id = template.Id is null ? null : values.Text(template.Id, scopes.OfRow(matrix), "id");
        var axis = matrix is { Members: [var first, ..] } ? first.Key : null;
        var idIsRight = id is not null && template.Id is not null && ids.Take(id, template.Id, axis, values.Diagnostics);
        var labels = template.Labels.Count == 0 ? [] : Labels(template, scopes.OfJob(matrix, JobValue(id, index, [])));
        var job = JobValue(id, index, labels);
        var scope = scopes.OfJob(matrix, job);
        var unbuilt = new UnbuiltJob(id, template.Place);
        if (SkippedBecause(template, scope) is { } skipped)
        {
            return id is null || values.Diagnostics.HasErrors ? (null, unbuilt) : (Skipped(template, scope, id, labels, skipped), null);
        }

        // From here on whatever is wrong is told in one go: what is missing is lost, and nothing that needs it is told as well.
        var video = Video(template, scope);
        var row = new RowContext(matrix, job, video, scopes.OfJob(matrix, job, video));
        var made = template.Segments is { } from ? segments.Expand(from, defaults, row) : Entries(template, row);
        var output = Output(template, row, id ?? template.Place.Path, idIsRight);
        var built = new Job(id ?? "", labels, video, made.Entries, output ?? "", null, template.FaceChoose.Count > 0, template.Place) { Subtitles = made.Source };
        var isWhole = idIsRight && output is not null && made.IsWhole && !video.IsIncomplete && !template.IsBroken && !values.Diagnostics.HasErrors && !ReferenceEquals(matrix, Scopes.Lost);
        return isWhole ? (built, null) : (null, unbuilt with { Rest = built });
    }

    /// <summary>For a job whose matrix can't be expanded: what does not depend on it is checked.</summary>
    public UnbuiltJob WithoutRows(JobTemplate template) => Expand(template, Scopes.Lost, 0).Unbuilt ?? new UnbuiltJob(null, template.Place);

    private Video Video(JobTemplate template, TemplateScope scope) => template.Video is { } written && values.Text(written, scope, "video") is { } name
        ? named.Video(name, written.Place, values.Diagnostics)
        : NamedSources.LostVideo("", template.Video?.Place ?? template.Place);

    private MadeEntries Entries(JobTemplate template, RowContext row)
    {
        var made = new List<FaceEntry>(template.FaceChoose.Count + template.Faces.Count);
        for (var i = 0; i < template.FaceChoose.Count; i++)
        {
            made.Add(verbatim.Expand(template.FaceChoose[i], i, row));
        }

        foreach (var entry in template.FaceChoose.Count > 0 ? [] : template.Faces)
        {
            made.Add(entries.Expand(entry, defaults, row));
        }

        return new MadeEntries(made, null, made.Count > 0 && made.TrueForAll(EntryParts.AreWhole));
    }

    /// <param name="idIsRight">False: an output that is made of the id is no second mistake.</param>
    private string? Output(JobTemplate template, RowContext row, string id, bool idIsRight)
    {
        if (!idIsRight)
        {
            return template.Output is { } odd && !(odd is Templated.Computed { Template.Names: var names } && names.Contains("job")) && values.Text(odd, row.Scope, "output") is { } text
                ? outputs.Take(text, id, odd.Place, values.Diagnostics)
                : null;
        }

        if (template.Output is not { } output)
        {
            return outputs.Take($"{id}.mp4", id, template.Id?.Place ?? template.Place, values.Diagnostics);
        }

        return values.Text(output, row.Scope, "output") is { } written ? outputs.Take(written, id, output.Place, values.Diagnostics) : null;
    }

    /// <summary>Its entries are not looked at: what a skipped job would need may well not exist.</summary>
    private Job Skipped(JobTemplate template, TemplateScope scope, string id, IReadOnlyList<KeyValuePair<string, string>> labels, string reason)
    {
        var diagnostics = values.Diagnostics;
        values.Diagnostics = new DiagnosticBag();
        var name = template.Video is { } written ? values.Text(written, scope, "video") ?? "" : "";
        var video = named.Video(name, template.Place, values.Diagnostics);
        values.Diagnostics = diagnostics;
        return new Job(id, labels, video with { Name = name }, [], $"{id}.mp4", reason, template.FaceChoose.Count > 0, template.Place);
    }

    /// <summary>
    /// Null and false leave the job out. The texts "true" and "false" count as what they say, and everything else is a mistake: in
    /// Scriban 0, "" and "0" are true, and a job run by accident costs money.
    /// </summary>
    private string? SkippedBecause(JobTemplate template, TemplateScope scope)
    {
        if (template.When is not { } when || values.Value(when, scope) is not { } value)
        {
            return null;
        }

        var shown = when is Templated.Computed computed ? computed.Written : ValueReader.Shown(value, when);
        switch (value)
        {
            case TemplateValue.Null:
                return $"when is null: {shown}";
            case TemplateValue.Bool { Value: false }:
            case TemplateValue.Text text when text.Value.Trim().Equals("false", StringComparison.OrdinalIgnoreCase):
                return when is Templated.Computed ? $"when is false: {shown}" : "when is false";
            case TemplateValue.Bool:
            case TemplateValue.Text text when text.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase):
                return null;
            default:
                values.Diagnostics.Add(MeaningDiagnostics.WhenIsNotBoolean(when.Place, TemplateText.Of(value)));
                return null;
        }
    }

    private List<KeyValuePair<string, string>> Labels(JobTemplate template, TemplateScope scope)
    {
        var labels = new List<KeyValuePair<string, string>>(template.Labels.Count);
        foreach (var (name, value) in template.Labels)
        {
            if (values.Value(value, scope) is { } content)
            {
                labels.Add(KeyValuePair.Create(name, content is TemplateValue.Null ? "" : values.Text(value, scope, name) ?? ""));
            }
        }

        return labels;
    }

    private static TemplateValue.Map JobValue(string? id, int index, IReadOnlyList<KeyValuePair<string, string>> labels) => id is null ? Scopes.Lost : Scopes.Map(
        Scopes.Member("id", Scopes.Text(id)),
        Scopes.Member("index", new TemplateValue.Integer(index)),
        Scopes.Member("labels", LabelsValue(labels)));

    private static TemplateValue.Map LabelsValue(IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var members = new KeyValuePair<string, TemplateValue>[labels.Count];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = KeyValuePair.Create(labels[i].Key, Scopes.Text(labels[i].Value));
        }

        return new TemplateValue.Map(members);
    }
}
