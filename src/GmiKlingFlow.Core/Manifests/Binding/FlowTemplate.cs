using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>A flow, or an included file, with its shape checked and its templates parsed but not evaluated.</summary>
/// <param name="Name">Null in an included file, and where a diagnostic was added.</param>
internal sealed record FlowTemplate(
    ManifestText Source,
    Place Place,
    Located<string>? Name,
    IReadOnlyList<Located<string>> Includes,
    IReadOnlyList<KeyValuePair<string, TemplateValue>> Vars,
    IReadOnlyList<Located<string>> Env,
    SoundTemplate Defaults,
    IReadOnlyList<VideoTemplate> Videos,
    IReadOnlyList<AudioTemplate> Audio,
    IReadOnlyList<JobTemplate> Jobs,
    RunSettings Run)
{
    /// <summary>The parts whose names a mistake hides (<c>vars</c>, <c>videos</c>, <c>audio</c>): using one that is not there is no second mistake.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];
}

internal sealed record VideoTemplate(string Name, Templated? Source, Templated? Duration, IReadOnlyList<FaceTemplate> Faces, Place Place)
{
    /// <summary>False where a mistake hides what they are called.</summary>
    public bool FacesAreKnown { get; init; } = true;
}

internal sealed record AudioTemplate(string Name, Templated? Source, Templated? Duration, Place Place);

internal sealed record FaceTemplate(string Name, IReadOnlyList<SelectorTemplate> Selectors, Place Place);

/// <param name="Key">One of the selectors' keys.</param>
internal sealed record SelectorTemplate(string Key, Templated Value, Place Place);

/// <summary>What a face entry says of times and volumes; null where it says nothing.</summary>
internal sealed record SoundTemplate(Templated? Start, Templated? End, Templated? Insert, Templated? Volume, Templated? OriginalVolume)
{
    public static readonly SoundTemplate Empty = new(null, null, null, null, null);

    public SoundTemplate Over(SoundTemplate other) => new(
        Start ?? other.Start,
        End ?? other.End,
        Insert ?? other.Insert,
        Volume ?? other.Volume,
        OriginalVolume ?? other.OriginalVolume);
}

/// <summary>A face entry: exactly one of the first three, and one of the next two, is there unless <paramref name="IsBroken"/>.</summary>
internal sealed record EntryTemplate(
    Templated? Face,
    IReadOnlyList<SelectorTemplate>? Selectors,
    Templated? FaceId,
    Templated? Audio,
    Templated? SoundFile,
    SoundTemplate Sound,
    bool IsBroken,
    Place Place);

/// <summary>An element of a verbatim <c>face_choose</c>.</summary>
internal sealed record VerbatimTemplate(IReadOnlyList<KeyValuePair<string, Templated>> Members, Place Place);

/// <summary>Whose the cues of a speaker are.</summary>
/// <param name="Label">As it stands in the subtitles.</param>
/// <param name="Face">A name among the video's faces; null beside <paramref name="Selectors"/>, and where the speaker's cues make no entry.</param>
internal sealed record SpeakerTemplate(string Label, Templated? Face, IReadOnlyList<SelectorTemplate>? Selectors, Place Place);

/// <summary>Entries that are made from the cues of a subtitle file.</summary>
/// <param name="Entry">What the job says of each: the face only for cues without a label.</param>
internal sealed record SegmentsTemplate(Templated File, IReadOnlyList<SpeakerTemplate> Speakers, EntryTemplate Entry, Place Place);

internal sealed record JobTemplate(
    Templated? Id,
    Templated? Matrix,
    Templated? When,
    IReadOnlyList<KeyValuePair<string, Templated>> Labels,
    Templated? Video,
    IReadOnlyList<EntryTemplate> Faces,
    IReadOnlyList<VerbatimTemplate> FaceChoose,
    SegmentsTemplate? Segments,
    Templated? Output,
    bool IsBroken,
    Place Place);
