using System.Collections.Frozen;

namespace GmiKlingFlow.Runtime.State;

/// <summary>
/// The one table of how a request goes from state to state. Every change is made by <see cref="RequestTable.Move"/>, which refuses what is not here.
/// <list type="table">
/// <listheader><term>From</term><description>To: when</description></listheader>
/// <item><term>pending</term><description>intent: about to be sent</description></item>
/// <item><term>intent</term><description>submitted: taken · rejected: refused · pending: not taken now (429, 503, no connection) ·
/// unknown: unclear answer, or found so by the next run</description></item>
/// <item><term>unknown</term><description>submitted: found in the list, or named by hand, and adopted · intent: not in the list after settle_after · pending: nor this time, and given up ·
/// abandoned: by hand</description></item>
/// <item><term>submitted</term><description>submitted: another status · succeeded, failed: finished · stalled: deadline passed · abandoned: by hand</description></item>
/// <item><term>stalled</term><description>stalled: seen again, unfinished · succeeded, failed: finished after all · abandoned: by hand</description></item>
/// <item><term>succeeded</term><description>gone: its address answers no more, and the service names no other</description></item>
/// <item><term>any unfinished, succeeded</term><description>expired: a simulation whose process ended</description></item>
/// <item><term>failed, rejected, abandoned, gone, expired</term><description>final: sending again makes a new request</description></item>
/// </list>
/// </summary>
public static class StepTransitions
{
    private static readonly FrozenDictionary<StepState, FrozenSet<StepState>> Table = new Dictionary<StepState, FrozenSet<StepState>>
    {
        [StepState.Pending] = [StepState.Intent, StepState.Expired],
        [StepState.Intent] = [StepState.Submitted, StepState.Rejected, StepState.Pending, StepState.Unknown, StepState.Expired],
        [StepState.Unknown] = [StepState.Submitted, StepState.Intent, StepState.Pending, StepState.Abandoned, StepState.Expired],
        [StepState.Submitted] = [StepState.Submitted, StepState.Succeeded, StepState.Failed, StepState.Stalled, StepState.Abandoned, StepState.Expired],
        [StepState.Stalled] = [StepState.Stalled, StepState.Succeeded, StepState.Failed, StepState.Abandoned, StepState.Expired],
        [StepState.Succeeded] = [StepState.Gone, StepState.Expired],
        [StepState.Failed] = [],
        [StepState.Rejected] = [],
        [StepState.Abandoned] = [],
        [StepState.Gone] = [],
        [StepState.Expired] = [],
    }.ToFrozenDictionary();

    public static bool Allows(StepState from, StepState to) => Table[from].Contains(to);

    /// <summary>States that a new submission of the same content may follow.</summary>
    public static bool IsSpent(StepState state) => state is StepState.Failed or StepState.Rejected or StepState.Abandoned or StepState.Gone or StepState.Expired;

    /// <summary>The word in the state file, in results and in messages.</summary>
    public static string Word(StepState state) => state switch
    {
        StepState.Pending => "pending",
        StepState.Intent => "intent",
        StepState.Unknown => "unknown",
        StepState.Submitted => "submitted",
        StepState.Succeeded => "succeeded",
        StepState.Failed => "failed",
        StepState.Rejected => "rejected",
        StepState.Stalled => "stalled",
        StepState.Abandoned => "abandoned",
        StepState.Gone => "gone",
        StepState.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a word."),
    };

    /// <summary>The state of a word; null for a word of no state.</summary>
    public static StepState? Parse(string word)
    {
        foreach (var state in Enum.GetValues<StepState>())
        {
            if (Word(state) == word)
            {
                return state;
            }
        }

        return null;
    }
}
