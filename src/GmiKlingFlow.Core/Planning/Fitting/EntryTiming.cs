using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Fitting;

/// <summary>When an entry's clip would play.</summary>
/// <param name="Clip">On the video's clock; null while it is not known.</param>
/// <param name="Face">The chosen face; null while it is not known.</param>
public sealed record EntryTiming(FaceEntry Entry, TimeRange? Clip, Face? Face);
