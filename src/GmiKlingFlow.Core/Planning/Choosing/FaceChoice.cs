using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>What came of choosing a face: one face, or the reason why it can't be told. Never a guess.</summary>
public abstract record FaceChoice
{
    private FaceChoice()
    {
    }

    public sealed record Chosen(Face Face) : FaceChoice;

    /// <param name="Problem">Its hint is the table of faces.</param>
    public sealed record Refused(Diagnostic Problem) : FaceChoice;
}
