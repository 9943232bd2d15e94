using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>sound_insert_time</c> is on the video's clock and not negative (api-contract 4.3).</summary>
internal sealed class SoundInsertRule : IRule<EntryInRequest>
{
    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.SoundInsert is { } insert && insert.Value < TimeSpan.Zero)
        {
            yield return RuleDiagnostics.SoundInsertNegative(insert.Place, insert.Value);
        }
    }
}
