using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Audio lasts 2 to 60 s (api-contract 4.3, "audio length").</summary>
internal sealed class AudioDurationRule : IRule<AudioSubject>
{
    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if ((subject.Facts?.Duration ?? subject.Duration) is not { } duration)
        {
            yield break;
        }

        if (duration < limits.AudioShortest)
        {
            yield return RuleDiagnostics.AudioTooShort(subject.Place, subject.Shown, duration, limits.AudioShortest);
        }
        else if (duration > limits.AudioLongest)
        {
            yield return RuleDiagnostics.AudioTooLong(subject.Place, subject.Shown, duration, limits.AudioLongest);
        }
    }
}
