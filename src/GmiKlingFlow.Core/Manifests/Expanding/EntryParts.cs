using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>What an entry says of its sound, times and volumes.</summary>
internal sealed record EntryParts(
    Located<Sound> Sound,
    Setting<TimeSpan>? Start,
    Setting<TimeSpan>? End,
    Setting<TimeSpan>? Insert,
    Setting<double>? Volume,
    Setting<double>? OriginalVolume)
{
    /// <summary>False where a diagnostic keeps something of the entry from being known.</summary>
    public static bool AreWhole(FaceEntry entry) =>
        entry.Face.Selectors.Count > 0
        && entry.Sound.Value is not Sound.Track { Audio.IsIncomplete: true }
        && entry is not ({ SoundStart: Setting<TimeSpan>.Lost } or { SoundEnd: Setting<TimeSpan>.Lost } or { SoundInsert: Setting<TimeSpan>.Lost }
            or { SoundVolume: Setting<double>.Lost } or { OriginalAudioVolume: Setting<double>.Lost });
}

/// <summary>The entries of one job.</summary>
/// <param name="Source">The subtitles they were made from; null where the flow gives them itself.</param>
/// <param name="IsWhole">False where a diagnostic was added: then some may be missing, and of the others something.</param>
internal sealed record MadeEntries(IReadOnlyList<FaceEntry> Entries, SubtitleSource? Source, bool IsWhole);
