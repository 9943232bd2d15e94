using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>A media file as the simulated Kling sees it.</summary>
/// <param name="Sha256">Lower-case hex of its bytes.</param>
internal sealed record InspectedMedia(string File, string Sha256, MediaReading Reading);
