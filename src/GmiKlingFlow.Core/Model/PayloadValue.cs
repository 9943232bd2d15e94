using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Model;

/// <summary>A piece of a request's payload: decided, or marked with what has to be known first.</summary>
public abstract record PayloadValue
{
    private PayloadValue()
    {
    }

    public sealed record Null : PayloadValue;

    public sealed record Bool(bool Value) : PayloadValue;

    public sealed record Integer(long Value) : PayloadValue;

    public sealed record Number(double Value) : PayloadValue;

    public sealed record Text(string Value) : PayloadValue;

    public sealed record Array(IReadOnlyList<PayloadValue> Items) : PayloadValue;

    /// <summary>Members in the order they are sent.</summary>
    public sealed record Object(IReadOnlyList<KeyValuePair<string, PayloadValue>> Members) : PayloadValue;

    /// <summary>A local file sent as bare Base64 inside the request; read when it is written.</summary>
    public sealed record InlineFile(MediaSource.LocalFile File) : PayloadValue;

    /// <summary>Not known yet. In a plan's JSON it is <c>null</c> and its JSON pointer is listed in <c>unknown</c>.</summary>
    public abstract record Unknown : PayloadValue;

    /// <summary>The <c>session_id</c> that identify will return.</summary>
    public sealed record SessionId : Unknown;

    /// <summary>The <c>face_id</c> that a selector will pick among the faces identify returns.</summary>
    public sealed record FaceId(FaceName Face) : Unknown;

    /// <summary>A number computed from the chosen face's interval.</summary>
    /// <param name="EntryIndex">Which face entry of the job the <c>face</c> in the expression belongs to.</param>
    /// <param name="AsMilliseconds">True: a whole number of milliseconds is sent; false: a plain number (a volume).</param>
    public sealed record FromFace(Expression Residual, int EntryIndex, bool AsMilliseconds) : Unknown;

    /// <summary>Where the result of an earlier pass of the same job will lie.</summary>
    /// <param name="Pass">The earlier pass, counted from 1.</param>
    public sealed record PassResult(int Pass) : Unknown;

    /// <summary>The public URL that an upload of this file will give.</summary>
    public sealed record UploadedUrl(MediaSource.LocalFile File) : Unknown;
}
