using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>One rule of the API.</summary>
internal interface IRule
{
    RuleCard Card { get; }
}

/// <summary>A rule on one kind of subject. It says nothing about what is not known yet.</summary>
internal interface IRule<in TSubject> : IRule
{
    IEnumerable<Diagnostic> Check(TSubject subject, KlingLimits limits);
}
