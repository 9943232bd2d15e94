using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Fitting;

/// <summary>One clip as it would be heard in a job's video.</summary>
/// <param name="Entry">Which of the job's face entries it is.</param>
/// <param name="Face">The face's name in the flow.</param>
/// <param name="Cut">Which part of the sound, on its own clock.</param>
/// <param name="Insert">When it begins, on the video's clock.</param>
/// <param name="Gain">What later passes do to it included; 1 leaves it as it is.</param>
/// <param name="Visible">When the face is seen; null where that is not known yet, and the whole video was taken instead.</param>
public sealed record HeardClip(int Entry, string Face, Sound Sound, TimeRange Cut, TimeSpan Insert, double Gain, TimeRange? Visible)
{
    /// <summary>On the video's clock.</summary>
    public TimeRange Heard => new(Insert, SaturatedTime.Add(Insert, Cut.Length));
}

/// <summary>All that would be heard in a job's video.</summary>
/// <param name="OriginalGain">Of the video's own sound, over all passes.</param>
public sealed record Soundtrack(double OriginalGain, IReadOnlyList<HeardClip> Clips)
{
    /// <param name="video">How long the video is.</param>
    /// <returns>Null, with a diagnostic, where a number can't be told; null alone for a job that sends nothing.</returns>
    public static Soundtrack? Of(PlannedJob job, TimeSpan video, KlingLimits limits, DiagnosticBag problems)
    {
        if (job.Passes.Count == 0)
        {
            return null;
        }

        var (clips, original, complete) = (new List<HeardClip>(), 1.0, true);
        foreach (var pass in job.Passes)
        {
            var passed = new List<HeardClip>();
            var volume = double.PositiveInfinity;
            foreach (var (index, entry) in pass.Job.Entries.Index())
            {
                var whole = pass.Entries[index];
                var face = job.Faces?[whole] ?? pass.Faces?[index];
                var values = EntryValues.KnownNow(entry, limits).With(entry, face ?? Unseen(video), problems);
                if (values is not { Start: { } start, End: { } end, Insert: { } insert })
                {
                    complete = false;
                    continue;
                }

                // Entries may name several volumes of the one original: the lowest counts, so that a dub is heard. Kling's own way is not public.
                volume = Math.Min(volume, values.OriginalAudioVolume?.Value ?? 1);
                passed.Add(new HeardClip(whole, entry.Face.Name, entry.Sound.Value, new TimeRange(start.Value, end.Value), insert.Value, values.SoundVolume?.Value ?? 1, face?.Visible));
            }

            // Each pass works on the result of the one before, whose sound is its original.
            var gain = double.IsFinite(volume) ? volume : 1;
            original *= gain;
            clips = [.. clips.Select(clip => clip with { Gain = clip.Gain * gain }), .. passed];
        }

        return complete ? new Soundtrack(original, [.. clips.OrderBy(static clip => clip.Entry)]) : null;
    }

    private static Face Unseen(TimeSpan video) => new("?", new TimeRange(TimeSpan.Zero, video), null);
}
