using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning;

/// <summary>A job with its key and everything that stands against it before earlier work and faces are looked at.</summary>
internal sealed record JobDraft(Job Job, JobKey Key, string VideoKey, IReadOnlyList<PassDraft> Passes, IReadOnlyList<Diagnostic> Problems)
{
    public bool HasErrors => HasError(Problems);

    /// <summary>False where a part is not known at all: then no earlier work can be this job's.</summary>
    public bool HasWholeKey => !HasUnknown(Key);

    private static bool HasError(IReadOnlyList<Diagnostic> problems)
    {
        foreach (var problem in problems)
        {
            if (problem.Severity == Severity.Error)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasUnknown(JobKey key)
    {
        foreach (var (_, value) in key.Parts)
        {
            if (value == JobKeys.NotKnown)
            {
                return true;
            }
        }

        return false;
    }
}
