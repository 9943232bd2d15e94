using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>The named sources of a flow: resolved, hashed and probed, once each however many jobs use them.</summary>
internal sealed class SourceExpander(ValueReader values, SourceResolver sources, TemplateScope scope)
{
    // Containers round a track to whole frames; less than a frame or two is no difference.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    private readonly SelectorReader selectors = new(values);

    /// <returns>An incomplete one when a diagnostic was added.</returns>
    public Video Video(VideoTemplate template)
    {
        // All of it is read first, so that one mistake does not hide the other.
        var source = Source(template.Source);
        var declared = Declared(template.Duration);
        var faces = new Dictionary<string, FaceName>(StringComparer.Ordinal);
        foreach (var face in template.Faces)
        {
            faces.Add(face.Name, new FaceName(face.Name, selectors.Read(face.Selectors, scope) ?? [], face.Place));
        }

        var facts = source.Media;
        return new Video(template.Name, source, Chosen(template.Duration, source, declared, facts?.Video?.Duration ?? facts?.Duration), faces, template.Place)
        {
            SourcePlace = template.Source?.Place ?? template.Place,
            IsIncomplete = IsLost(source) || faces.Values.Any(static face => face.Selectors.Count == 0),
            FacesAreKnown = template.FacesAreKnown,
        };
    }

    /// <returns>An incomplete one when a diagnostic was added.</returns>
    public AudioTrack Audio(AudioTemplate template)
    {
        var source = Source(template.Source);
        var declared = Declared(template.Duration);
        return new AudioTrack(template.Name, source, Chosen(template.Duration, source, declared, DurationOf(source)), template.Place)
        {
            SourcePlace = template.Source?.Place ?? template.Place,
            IsIncomplete = IsLost(source),
        };
    }

    /// <returns>What the bytes say; null where they were not read.</returns>
    public static TimeSpan? DurationOf(MediaSource audio) => audio.Media?.Audio?.Duration ?? audio.Media?.Duration;

    private MediaSource Source(Templated? template) =>
        (template is not null && values.Text(template, scope, "source") is { } written
            ? sources.Resolve(written, template.Source, template.Place, "source")
            : null) ?? MediaSource.Lost;

    // A local file is not even compared: what stands for a lost source is a URL, and the first URL costs a start a millisecond.
    private static bool IsLost(MediaSource source) => source is MediaSource.RemoteUrl && ReferenceEquals(source, MediaSource.Lost);

    private TimeSpan? Declared(Templated? template)
    {
        if (values.Time(template, scope, "duration") is not Setting<TimeSpan>.Known known || template is null)
        {
            return null;
        }

        if (known.Value <= TimeSpan.Zero)
        {
            values.Diagnostics.Add(ShapeDiagnostics.OutOfRange(template.Place, "duration", DurationText.Of(known.Value), "a duration above 0"));
            return null;
        }

        return known.Value;
    }

    private TimeSpan? Chosen(Templated? template, MediaSource source, TimeSpan? declared, TimeSpan? measured)
    {
        if (template is not null && declared is { } said && measured is { } real && (said - real).Duration() > Tolerance)
        {
            values.Diagnostics.Add(MediaDiagnostics.DeclaredDurationDiffers(template.Place, source is MediaSource.RemoteUrl remote ? SourceUrl.Shown(remote.Url) : source.Shown, said, real));
        }

        return measured ?? declared;
    }
}
