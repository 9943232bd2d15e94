using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>A cue with who says it.</summary>
/// <param name="Speaker">As the job knows the speaker; null for the one whom the job means by cues without a label.</param>
internal sealed record CastCue(Cue Cue, string? Speaker);

/// <summary>
/// Finds out who says each cue, and never guesses: a clip on the wrong face is paid like a right one. What is written like a label and is no known
/// speaker is an error; a colon in a sentence is not.
/// </summary>
/// <param name="video">For messages.</param>
/// <param name="withoutLabel">Whose the cues without a label are.</param>
internal sealed class CueCasting(SpeakerNames names, string video, WithoutLabel withoutLabel, string path, DiagnosticBag diagnostics)
{
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly List<(Cue Cue, SpeakerLabel? Perhaps)> open = [];
    private readonly DiagnosticBag problems = new();

    /// <returns>The cues that have words; null when an error was added.</returns>
    public IReadOnlyList<CastCue>? Cast(SubtitleFile file)
    {
        var cast = new List<CastCue>(file.Cues.Count);
        foreach (var cue in file.Cues)
        {
            if (!cue.HasSpeech)
            {
                problems.Add(SubtitleDiagnostics.NoSpeech(At(cue), cue.Index));
                continue;
            }

            var speaker = Speaker(cue, out var perhaps);
            if (speaker is null)
            {
                open.Add((cue, perhaps));
            }

            cast.Add(new CastCue(cue, speaker));
        }

        if (open.Count > 0)
        {
            JudgeOpen(anyLabel: open.Count < cast.Count);
        }

        diagnostics.AddRange(problems);
        return problems.HasErrors ? null : cast;
    }

    private string? Speaker(Cue cue, out SpeakerLabel? perhaps)
    {
        perhaps = null;
        var found = new List<(string Name, SpeakerLabel Label)>();
        var hasVoice = cue.Labels.Any(label => label.Form == LabelForm.Voice);
        foreach (var label in cue.Labels.Where(label => label.Form == LabelForm.Voice || (!hasVoice && label.Form != LabelForm.Dash)))
        {
            if (label.Form != LabelForm.Chevrons && names.Find(label.Name) is { } known)
            {
                found.Add((known, label));
            }
            else if (IsCertain(label))
            {
                found.Add((label.Name, label));
                Unknown(label);
            }
            else if (label.IsFirst && MayBeName(label))
            {
                perhaps ??= label;
            }
        }

        var dashes = cue.Labels.Count(label => label.Form == LabelForm.Dash);
        var isOne = found.Count == 0 ? dashes < 2 : found.TrueForAll(f => f.Name == found[0].Name) && found[0].Label.IsFirst && (dashes < 2 || dashes == found.Count);
        if (!isOne)
        {
            problems.Add(SubtitleDiagnostics.SeveralSpeakers(At(cue), cue.Index));
            return "";
        }

        return found.Count == 0 ? null : found[0].Name;
    }

    private void JudgeOpen(bool anyLabel)
    {
        if (withoutLabel == WithoutLabel.AreTheJobsFace)
        {
            foreach (var (_, label) in open.Where(o => o.Perhaps is { Name.Length: > 0 }))
            {
                if (label is not null && told.Add(label.Name))
                {
                    problems.Add(SubtitleDiagnostics.TakenAsText(new Place(label.Span, path), label.Name));
                }
            }

            return;
        }

        var doubtful = open.FindAll(o => o.Perhaps is not null);
        if (!anyLabel && withoutLabel == WithoutLabel.AreTheOnlyFaces && doubtful.Count == 0)
        {
            return;
        }

        foreach (var (_, label) in doubtful)
        {
            if (label is { Name.Length: > 0 })
            {
                Unknown(label);
            }
        }

        if (!anyLabel && withoutLabel != WithoutLabel.AreTheOnlyFaces && doubtful.Count == 0)
        {
            problems.Add(SubtitleDiagnostics.NobodyNamed(At(open[0].Cue), video));
            return;
        }

        foreach (var (cue, label) in anyLabel ? open : doubtful)
        {
            if (label is not { Name.Length: > 0 })
            {
                problems.Add(SubtitleDiagnostics.NoSpeaker(At(cue), cue.Index));
            }
        }
    }

    private void Unknown(SpeakerLabel label)
    {
        if (told.Add(label.Name))
        {
            problems.Add(SubtitleDiagnostics.UnknownSpeaker(new Place(label.Span, path), label.Name, video, names.Nearest(label.Name)));
        }
    }

    // CARLA: and whatever is nearly a known name. In brackets capitals mostly describe a sound: [DOOR SLAMS].
    private bool IsCertain(SpeakerLabel label) => label.Form switch
    {
        LabelForm.Voice => true,
        LabelForm.Colon => IsUpper(label.Name) || names.Nearest(label.Name) is not null,
        LabelForm.Bracket => names.Nearest(label.Name) is not null,
        _ => false,
    };

    // Carla: or Dr. Smith: or [CARLA], and letters that know no case. "He said:" is a sentence.
    private static bool MayBeName(SpeakerLabel label)
    {
        var words = label.Name.Split([' ', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries);
        return label.Form == LabelForm.Chevrons || (words.Length is > 0 and <= 2 && words.All(word => !char.IsLower(word[0])));
    }

    private static bool IsUpper(string name) => name.Any(char.IsUpper) && !name.Any(char.IsLower);

    private Place At(Cue cue) => new(cue.Span, path);
}

/// <summary>Whose the cues without a label are.</summary>
internal enum WithoutLabel
{
    /// <summary>Nobody's: they are an error.</summary>
    AreAnError,

    /// <summary>The face's that the job gives for them.</summary>
    AreTheJobsFace,

    /// <summary>The video names one face: it is meant, as long as nothing in the file looks like another's label.</summary>
    AreTheOnlyFaces,
}
