using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>
/// An element of <c>face_choose</c>: its members go out as they are, in the order written; the documented ones are read besides, so
/// that the API's rules can be checked.
/// </summary>
internal sealed class VerbatimExpander(ValueReader values, Scopes scopes, SourceResolver sources)
{
    private static readonly string[] Times = ["sound_start_time", "sound_end_time", "sound_insert_time"];
    private static readonly string[] Volumes = ["sound_volume", "original_audio_volume"];
    private static readonly string[] Texts = ["face_id", "sound_file", "audio_id"];

    /// <returns>An entry that is not whole (<see cref="EntryParts.AreWhole"/>) when a diagnostic was added.</returns>
    public FaceEntry Expand(VerbatimTemplate entry, int index, RowContext row)
    {
        var entryScope = scopes.OfEntry(row.Matrix, row.JobValue, row.Video, null);
        var members = new List<KeyValuePair<string, PayloadValue>>();
        foreach (var (name, value) in entry.Members)
        {
            var (isTime, isVolume) = (Times.Contains(name), Volumes.Contains(name));
            switch (values.Evaluate(value, isTime || isVolume ? entryScope : row.Scope))
            {
                case TemplateResult.Deferred later when (isTime || isVolume) && !ValueReader.WaitsForLost(value, entryScope):
                    members.Add(new(name, new PayloadValue.FromFace(later.Residual, index, isTime)));
                    break;
                case TemplateResult.Value known when IsRightKind(name, known.Content, value):
                    members.Add(new(name, Payload(known.Content)));
                    break;
                default:
                    members.Add(new(name, new PayloadValue.Null()));
                    break;
            }
        }

        var sound = Sound(entry, members);
        var isLost = Find(members, "face_id") is PayloadValue.Null;
        var id = TextOf(members, "face_id") ?? "";
        return new FaceEntry(
            new FaceName($"id: \"{id}\"", isLost ? [] : [new FaceSelector.ById(id)], PlaceOf(entry, "face_id")),
            sound ?? new Located<Sound>(new Sound.Track(NamedSources.LostAudio(TextOf(members, "sound_file") ?? "", entry.Place)), entry.Place),
            Time(entry, members, "sound_start_time") ?? new Setting<TimeSpan>.Known(TimeSpan.Zero, entry.Place),
            Time(entry, members, "sound_end_time"),
            Time(entry, members, "sound_insert_time") ?? new Setting<TimeSpan>.Known(TimeSpan.Zero, entry.Place),
            Volume(entry, members, "sound_volume"),
            Volume(entry, members, "original_audio_volume"),
            new PayloadValue.Object(members),
            entry.Place);
    }

    private bool IsRightKind(string name, TemplateValue content, Templated value)
    {
        var shown = ValueReader.Shown(content, value);
        if (Times.Contains(name) && content is not TemplateValue.Integer)
        {
            values.Diagnostics.Add(ShapeDiagnostics.NotAMillisecondInteger(value.Place, name, shown));
        }
        else if (Volumes.Contains(name) && content is not (TemplateValue.Integer or TemplateValue.Float))
        {
            values.Diagnostics.Add(ShapeDiagnostics.NotANumber(value.Place, name, shown));
        }
        else if (Texts.Contains(name) && content is not TemplateValue.Text)
        {
            values.Diagnostics.Add(ShapeDiagnostics.NotText(value.Place, name, shown));
        }
        else
        {
            return true;
        }

        return false;
    }

    private Located<Sound>? Sound(VerbatimTemplate entry, List<KeyValuePair<string, PayloadValue>> members)
    {
        // Kling's own samples send the one that is not used as "" (api-contract 4.1).
        var file = TextOf(members, "sound_file") is { Length: > 0 } written ? written : null;
        var id = TextOf(members, "audio_id") is { Length: > 0 } given ? given : null;
        if (file is not null && id is not null)
        {
            values.Diagnostics.Add(ShapeDiagnostics.MoreThanOneGiven(PlaceOf(entry, "audio_id"), FlowShape.Verbatim, "sound_file", "audio_id"));
            return null;
        }

        if (id is not null)
        {
            return new Located<Sound>(new Sound.AudioId(id), PlaceOf(entry, "audio_id"));
        }

        if (file is null)
        {
            if (!entry.Members.Any(m => m.Key is "sound_file" or "audio_id" && m.Value is not Templated.Fixed { Value: TemplateValue.Text }))
            {
                values.Diagnostics.Add(ShapeDiagnostics.NoneGiven(entry.Place, FlowShape.Verbatim, ["sound_file", "audio_id"]));
            }

            return null;
        }

        return SoundFile(file, entry);
    }

    private Located<Sound>? SoundFile(string file, VerbatimTemplate entry)
    {
        var place = PlaceOf(entry, "sound_file");
        if (file.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            values.Diagnostics.Add(MeaningDiagnostics.DataPrefix(place, "sound_file"));
            return null;
        }

        if (SoundFiles.Base64(file) is not null)
        {
            return new Located<Sound>(new Sound.Base64(file), place);
        }

        if (SourceUrl.SchemeOf(file) is null)
        {
            values.Diagnostics.Add(MeaningDiagnostics.LocalFileInVerbatim(place, file));
            return null;
        }

        var source = entry.Members.First(m => m.Key == "sound_file").Value.Source;
        return sources.Resolve(file, source, place, "sound_file") is { } url
            ? new Located<Sound>(new Sound.Track(new AudioTrack(file, url, SourceExpander.DurationOf(url), place)), place)
            : null;
    }

    private static Setting<TimeSpan>? Time(VerbatimTemplate entry, List<KeyValuePair<string, PayloadValue>> members, string name) => Find(members, name) switch
    {
        PayloadValue.Integer whole => new Setting<TimeSpan>.Known(Clamped(whole.Value), PlaceOf(entry, name)),
        PayloadValue.FromFace later => new Setting<TimeSpan>.Deferred(later.Residual, PlaceOf(entry, name)),
        PayloadValue.Null => new Setting<TimeSpan>.Lost(PlaceOf(entry, name)),
        _ => null,
    };

    private static Setting<double>? Volume(VerbatimTemplate entry, List<KeyValuePair<string, PayloadValue>> members, string name) => Find(members, name) switch
    {
        PayloadValue.Integer whole => new Setting<double>.Known(whole.Value, PlaceOf(entry, name)),
        PayloadValue.Number number => new Setting<double>.Known(number.Value, PlaceOf(entry, name)),
        PayloadValue.FromFace later => new Setting<double>.Deferred(later.Residual, PlaceOf(entry, name)),
        PayloadValue.Null => new Setting<double>.Lost(PlaceOf(entry, name)),
        _ => null,
    };

    // A number of years that a TimeSpan can't hold is as wrong as the longest that it can: the rules refuse both.
    private static TimeSpan Clamped(long milliseconds) =>
        TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, -100_000_000_000_000, 100_000_000_000_000));

    private static PayloadValue? Find(List<KeyValuePair<string, PayloadValue>> members, string name) => members.Find(m => m.Key == name).Value;

    private static string? TextOf(List<KeyValuePair<string, PayloadValue>> members, string name) => (Find(members, name) as PayloadValue.Text)?.Value;

    private static Diagnostics.Place PlaceOf(VerbatimTemplate entry, string name) =>
        entry.Members.FirstOrDefault(m => m.Key == name).Value?.Place ?? entry.Place;

    private static PayloadValue Payload(TemplateValue value) => value switch
    {
        TemplateValue.Null => new PayloadValue.Null(),
        TemplateValue.Bool truth => new PayloadValue.Bool(truth.Value),
        TemplateValue.Integer whole => new PayloadValue.Integer(whole.Value),
        TemplateValue.Float { Value: var number } when double.IsFinite(number) => new PayloadValue.Number(number),
        TemplateValue.List list => new PayloadValue.Array([.. list.Items.Select(Payload)]),
        TemplateValue.Map map => new PayloadValue.Object([.. map.Members.Select(m => KeyValuePair.Create(m.Key, Payload(m.Value)))]),
        TemplateValue.Text text => new PayloadValue.Text(text.Value),
        _ => new PayloadValue.Text(TemplateText.Of(value)),
    };
}
