using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>What identify leaves behind: a video with its faces, under an id, for 24 hours.</summary>
/// <param name="FaceImages">For each face the name of its picture in storage.</param>
internal sealed record KlingSession(
    string Id,
    InspectedMedia Media,
    VideoSubject Video,
    IReadOnlyList<Face> Faces,
    IReadOnlyList<string> FaceImages,
    DateTimeOffset CreatedAt);
