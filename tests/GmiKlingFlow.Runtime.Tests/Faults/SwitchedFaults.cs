using System.Collections;
using GmiKlingFlow.Simulator.Faults;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>Fault rules that can be switched off while the simulator runs: the second run finds a healthy service.</summary>
internal sealed class SwitchedFaults(IReadOnlyList<FaultRule> rules) : IReadOnlyList<FaultRule>
{
    private static readonly FaultSchedule Never = new FaultSchedule.Share(0);

    public SwitchedFaults(params IEnumerable<string> rules)
        : this([.. rules.Select(Parse)])
    {
    }

    public bool IsOn { get; set; } = true;

    public int Count => rules.Count;

    public FaultRule this[int index] => IsOn ? rules[index] : rules[index] with { Schedule = Never };

    public IEnumerator<FaultRule> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static FaultRule Parse(string text)
    {
        Assert.True(FaultRule.TryParse(text, out var rule, out var error), error);
        return rule;
    }
}
