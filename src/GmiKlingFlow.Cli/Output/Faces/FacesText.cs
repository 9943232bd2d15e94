using GmiKlingFlow.Core.Planning.Choosing;

namespace GmiKlingFlow.Cli.Output.Faces;

/// <summary>The faces of each video as a table for people.</summary>
internal static class FacesText
{
    public static void Write(Terminal terminal, IReadOnlyList<IdentifiedFlow> flows)
    {
        var (output, style) = (terminal.Data, new Ansi(terminal.Traits.ColourOnOutput));
        foreach (var flow in flows)
        {
            foreach (var video in flow.Videos)
            {
                var reused = video.IsReused ? " (from a session that is still good; nothing was sent)" : "";
                output.WriteLine($"{style.Bold($"{Printable.Line(flow.Name)} · {Printable.Line(video.Video.Name)}")}{reused}");
                if (video.Faces is { } faces)
                {
                    output.WriteLine(string.Join('\n', FaceTable.Of(faces).Split('\n').Select(Printable.Line)));
                }
                else
                {
                    output.WriteLine(video.Failure is { } failure ? $"{style.Red(failure.Code)}: {Printable.Line(failure.Message)}" : "not asked");
                }

                output.WriteLine();
            }
        }
    }
}
