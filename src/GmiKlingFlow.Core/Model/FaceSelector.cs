using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Model;

/// <summary>How a flow names one of the faces that identify will find (product 3.2).</summary>
public abstract record FaceSelector
{
    private FaceSelector()
    {
    }

    /// <summary>The face with this id: the only selector that is decided before identify.</summary>
    public sealed record ById(string Id) : FaceSelector;

    /// <summary>The one face of a video that has exactly one.</summary>
    public sealed record Only : FaceSelector;

    /// <summary>The face visible at this moment of the video.</summary>
    public sealed record At(TimeSpan Moment) : FaceSelector;

    /// <summary>The face that is visible longest.</summary>
    public sealed record Longest : FaceSelector;

    /// <summary>The n-th face, from 0, by start time and then id.</summary>
    public sealed record ByIndex(int Index) : FaceSelector;

    /// <summary>The face whose interval overlaps this range most.</summary>
    public sealed record Overlaps(TimeRange Range) : FaceSelector;
}
