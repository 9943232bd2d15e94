using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>sound_start_time</c> counts from the start of the audio (api-contract 4.3).</summary>
internal sealed class SoundStartRule : IRule<EntryInRequest>
{
    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.SoundStart is { } start && start.Value < TimeSpan.Zero)
        {
            yield return RuleDiagnostics.SoundStartNegative(start.Place, start.Value);
        }
    }
}
