using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Runtime.State;

/// <param name="RunId">The run that identified it.</param>
internal sealed record StoredSession(string SessionId, IReadOnlyList<Face> Faces, DateTimeOffset IdentifiedAt, long Request, string RunId);

/// <summary>The newest session of each video.</summary>
internal sealed class SessionTable(StateDatabase database)
{
    public StoredSession? Find(string service, string videoKey) => database.Single(
        "SELECT session_id, faces, identified_at, request, run_id FROM sessions WHERE service = $service AND video_key = $video",
        static row => new StoredSession(
            row.GetString(0),
            Faces(row.GetString(1)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            row.GetInt64(3),
            row.GetString(4)),
        ("$service", service),
        ("$video", videoKey));

    /// <summary>Whether a session may still be used: one that the service has refused is not kept.</summary>
    public bool IsKept(string service, string sessionId) => database.Single(
        "SELECT session_id FROM sessions WHERE service = $service AND session_id = $session",
        static _ => "kept",
        ("$service", service),
        ("$session", sessionId)) is not null;

    public void Put(string service, string videoKey, StoredSession session) => database.Write(() => database.Execute(
        """
        INSERT INTO sessions (service, video_key, session_id, faces, identified_at, request, run_id)
        VALUES ($service, $video, $session, $faces, $at, $request, $run)
        ON CONFLICT (service, video_key) DO UPDATE SET session_id = $session, faces = $faces, identified_at = $at, request = $request, run_id = $run
        """,
        ("$service", service),
        ("$video", videoKey),
        ("$session", session.SessionId),
        ("$faces", JsonSerializer.Serialize([.. session.Faces.Select(Stored)], StateJson.Default.StoredFaceArray)),
        ("$at", session.IdentifiedAt.ToUnixTimeMilliseconds()),
        ("$request", session.Request),
        ("$run", session.RunId)));

    private static StoredFace Stored(Face face) =>
        new(face.Id, face.Visible.Start.TotalMilliseconds, face.Visible.End.TotalMilliseconds, face.ImageUrl);

    private static IReadOnlyList<Face> Faces(string json) =>
    [
        .. (JsonSerializer.Deserialize(json, StateJson.Default.StoredFaceArray) ?? [])
            .Select(f => new Face(f.Id, new TimeRange(TimeSpan.FromMilliseconds(f.Start), TimeSpan.FromMilliseconds(f.End)), f.Image)),
    ];
}
