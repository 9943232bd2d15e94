using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>One rule of the API. It says nothing about what is not known yet.</summary>
internal interface IRule<in TSubject>
{
    IEnumerable<Diagnostic> Check(TSubject subject, KlingLimits limits);
}
