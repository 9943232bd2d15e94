using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>One file of the set.</summary>
/// <param name="Name">File name; its extension chooses ffmpeg's muxer unless the arguments say otherwise.</param>
/// <param name="Arguments">What ffmpeg is given, separated by spaces; other files of the set are named alone.</param>
internal sealed record MediaCase(string Name, MediaContainer Container, string Arguments, Func<byte[], byte[]>? Edit = null);
