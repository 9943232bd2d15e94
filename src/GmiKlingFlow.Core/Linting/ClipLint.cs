using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Linting;

/// <summary>How the clips of one job sound together, as far as their times and volumes are known before identify.</summary>
internal sealed class ClipLint(KlingLimits limits)
{
    // What the API takes for a volume that is left out (api-contract 4.3).
    private const double Default = 1;

    // Ten thousand jobs of a matrix may share one entry.
    private readonly Dictionary<FaceEntry, Video> seen = new(ReferenceEqualityComparer.Instance);

    public void Check(Job job, DiagnosticBag diagnostics)
    {
        if (job.Entries is [var only])
        {
            if (seen.TryGetValue(only, out var with) && ReferenceEquals(with, job.Video))
            {
                return;
            }

            seen[only] = job.Video;
        }

        var hasSound = job.Video.Source is not MediaSource.LocalFile { Media: { } facts } || facts.Audio is not null;
        var clips = new List<Clip>(job.Entries.Count);
        foreach (var entry in job.Entries)
        {
            var original = hasSound ? Volume(entry.OriginalAudioVolume) : 0;
            if (original >= Default)
            {
                diagnostics.Add(LintDiagnostics.OriginalAudioAudible(entry.OriginalAudioVolume?.Place ?? entry.Place, original));
            }

            if (EntryValues.KnownNow(entry, limits).ClipOnVideo is { } range && range.End > range.Start)
            {
                clips.Add(new(entry, range, Volume(entry.SoundVolume), original));
            }
        }

        clips.Sort(static (a, b) => a.Range.Start.CompareTo(b.Range.Start));
        CheckFaces(clips, diagnostics);
        CheckVolumes(clips, diagnostics);
    }

    private static void CheckFaces(List<Clip> clips, DiagnosticBag diagnostics)
    {
        var last = new Dictionary<string, Clip>(StringComparer.Ordinal);
        foreach (var clip in clips)
        {
            var face = FlowChecker.OnlyId(clip.Entry.Face) ?? clip.Entry.Face.Name;
            if (last.TryGetValue(face, out var before) && before.Range.Overlap(clip.Range) > TimeSpan.Zero)
            {
                var end = before.Range.End < clip.Range.End ? before.Range.End : clip.Range.End;
                diagnostics.Add(LintDiagnostics.ClipsOverlap(clip.Entry.Place, clip.Entry.Face.Name, new TimeRange(clip.Range.Start, end), before.Entry.Place));
            }

            if (before is null || clip.Range.End > before.Range.End)
            {
                last[face] = clip;
            }
        }
    }

    // Every sum is largest where a clip starts.
    private void CheckVolumes(List<Clip> clips, DiagnosticBag diagnostics)
    {
        var playing = new List<Clip>();
        foreach (var clip in clips)
        {
            playing.RemoveAll(other => other.Range.End <= clip.Range.Start);
            playing.Add(clip);
            var (voices, original) = (0d, 0d);
            foreach (var other in playing)
            {
                voices += other.Volume;
                original = Math.Max(original, other.Original);
            }

            // Less than a hundredth is rounding.
            if (voices + original > limits.VolumeHighest + 0.005)
            {
                diagnostics.Add(LintDiagnostics.LoudSum(clip.Entry.SoundVolume?.Place ?? clip.Entry.Place, voices + original, limits.VolumeHighest));
            }
        }
    }

    // One that depends on the face is not known yet, and not guessed.
    private static double Volume(Setting<double>? setting) => setting switch
    {
        null => Default,
        Setting<double>.Known known => known.Value,
        _ => 0,
    };

    private sealed record Clip(FaceEntry Entry, TimeRange Range, double Volume, double Original);
}
