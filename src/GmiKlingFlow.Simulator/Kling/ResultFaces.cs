using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator.Storage;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>
/// Puts the faces of a result beside it, so that the result can be identified in its turn: they are those of its source, since only lips move.
/// What the real service finds in a result, and by what ids, is not public: a choice of ours.
/// </summary>
internal sealed class ResultFaces(ObjectStore store, bool newIds)
{
    public void Keep(string objectName, IReadOnlyList<Face> source)
    {
        // Found in another order, so that neither the id nor the place in the list tells who is who.
        var faces = newIds ? source.Reverse().Select((face, i) => face with { Id = (source.Count + i).ToString(CultureInfo.InvariantCulture) }) : source;
        var list = faces.Select(face => new
        {
            face_id = face.Id,
            start_time = (long)face.Visible.Start.TotalMilliseconds,
            end_time = (long)face.Visible.End.TotalMilliseconds,
        });
        var draft = store.Draft(FaceSidecar.Suffix);
        File.WriteAllText(draft, JsonSerializer.Serialize(list));
        store.Keep(draft, objectName + FaceSidecar.Suffix);
    }
}
