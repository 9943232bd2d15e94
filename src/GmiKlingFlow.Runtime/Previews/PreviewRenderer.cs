using System.Security;
using GmiKlingFlow.Core.Rendering;

namespace GmiKlingFlow.Runtime.Previews;

/// <summary>Makes animatics with ffmpeg: the clips mixed into the video at their times and volumes, and who speaks when in bars below it. Lips don't move.</summary>
public sealed class PreviewRenderer(FfmpegProgram ffmpeg)
{
    /// <summary>A minute of video takes seconds; a machine under load gets its time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    // The second is in every build.
    private static readonly string[] Encoders = ["libx264", "mpeg4"];

    /// <summary>The ffmpeg that is used: its absolute path.</summary>
    public string Program => ffmpeg.Path;

    /// <exception cref="OperationCanceledException">Nothing of it is left behind.</exception>
    public async Task<PreviewOutcome> RenderAsync(PreviewTask task, CancellationToken cancellationToken)
    {
        // A name of its own: two copies may make the same animatic, and the last one to be done stays.
        var draft = $"{task.Output}.{Guid.NewGuid():N}.part";
        DirectoryInfo? pictures = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(task.Output) ?? ".");
            pictures = Directory.CreateTempSubdirectory("gkflow-preview-");
            var layout = new PreviewLayout(task);
            var files = Draw(task, layout, pictures.FullName);
            string? failure = null;
            foreach (var encoder in Encoders)
            {
                failure = await ffmpeg.RunAsync(PreviewArguments.For(task, layout, files, draft, encoder), Longest, cancellationToken);
                if (failure is null || !failure.Contains("encoder", StringComparison.OrdinalIgnoreCase))
                {
                    break;
                }
            }

            if (failure is not null && failure.Contains("No space left", StringComparison.OrdinalIgnoreCase))
            {
                return new PreviewOutcome.NotWritten("the disk is full");
            }

            if (failure is not null)
            {
                return new PreviewOutcome.NotRendered($"it {failure.Replace(draft, task.Output, StringComparison.Ordinal)}");
            }

            var bytes = new FileInfo(draft).Length;
            File.Move(draft, task.Output, overwrite: true);
            return new PreviewOutcome.Made(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException)
        {
            return new PreviewOutcome.NotWritten(Reason(e));
        }
        finally
        {
            Delete(() => File.Delete(draft));
            Delete(() => pictures?.Delete(recursive: true));
        }
    }

    private static PreviewFiles Draw(PreviewTask task, PreviewLayout layout, string folder)
    {
        return new PreviewFiles(
            Put("head", PreviewPictures.Head(layout, task.Job)),
            Put("feet", PreviewPictures.Feet(layout)),
            [.. layout.Lanes.Select((_, index) => Put($"lane-{index}", PreviewPictures.Speaking(layout, index)))],
            Put("hand", PreviewPictures.Hand(layout)));

        string Put(string name, Raster picture)
        {
            var path = Path.Combine(folder, $"{name}.png");
            using var file = File.Create(path);
            PngFile.Write(file, picture.Width, picture.Height, PngColours.Rgb, picture.Row);
            return path;
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException or SecurityException => "there is no permission, or it is a folder",
        DirectoryNotFoundException => "its folder can't be made",
        PathTooLongException => "the path is too long for this disk",
        // ENOSPC, and ERROR_DISK_FULL as an HRESULT.
        { HResult: 28 or unchecked((int)0x80070070) } => "the disk is full",
        _ => "the disk refused it",
    };

    private static void Delete(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be deleted is told by nothing: the outcome is.
        }
    }
}
