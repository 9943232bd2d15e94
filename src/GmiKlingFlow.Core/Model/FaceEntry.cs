using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>One element of a job's <c>faces:</c> (or of a verbatim <c>face_choose:</c>): which face says which clip when.</summary>
/// <param name="SoundEnd">Null: to the end of the audio, less the safety margin.</param>
/// <param name="SoundVolume">Null: not sent; the API's default is 1.</param>
/// <param name="OriginalAudioVolume">Null: not sent; the API's default is 1.</param>
/// <param name="Verbatim">For a verbatim entry all its members in the order written, to be sent as they are; else null.</param>
public sealed record FaceEntry(
    FaceName Face,
    Located<Sound> Sound,
    Setting<TimeSpan> SoundStart,
    Setting<TimeSpan>? SoundEnd,
    Setting<TimeSpan> SoundInsert,
    Setting<double>? SoundVolume,
    Setting<double>? OriginalAudioVolume,
    PayloadValue.Object? Verbatim,
    Place Place)
{
    /// <summary>The numbers of the cues that the entry was made from, from 1; empty where the flow gives the entry itself.</summary>
    public IReadOnlyList<int> Cues { get; init; } = [];
}
