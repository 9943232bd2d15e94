using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>Fills the chosen faces into a sync payload; every other value stays as the plan has it.</summary>
/// <param name="chosen">In the source: what expressions read.</param>
/// <param name="sent">In the video that is synced: whose ids are sent. Null while they are not known.</param>
internal sealed class FacePayload(Job job, IReadOnlyList<Face> chosen, IReadOnlyList<Face>? sent, DiagnosticBag problems)
{
    public PayloadValue.Object Fill(PayloadValue.Object payload) => new(
    [
        .. payload.Members.Select(member => member is { Key: "face_choose", Value: PayloadValue.Array entries }
            ? new(member.Key, new PayloadValue.Array([.. entries.Items.Select(Fill)]))
            : member),
    ]);

    private PayloadValue Fill(PayloadValue value, int entry) => value switch
    {
        PayloadValue.FaceId when sent is not null => new PayloadValue.Text(sent[entry].Id),
        PayloadValue.FromFace deferred => Evaluate(deferred, entry),
        PayloadValue.Array array => new PayloadValue.Array([.. array.Items.Select(item => Fill(item, entry))]),
        PayloadValue.Object members => new PayloadValue.Object([.. members.Members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, entry)))]),
        _ => value,
    };

    private PayloadValue Evaluate(PayloadValue.FromFace deferred, int entry)
    {
        var (face, place) = (chosen[entry], job.Entries[entry].Place);
        if (deferred.AsMilliseconds)
        {
            return FaceExpressions.Time(deferred.Residual, face, place, problems) is { } time
                ? new PayloadValue.Integer(Milliseconds.Of(time))
                : new PayloadValue.Null();
        }

        return FaceExpressions.Number(deferred.Residual, face, place, problems) is { } number ? new PayloadValue.Number(number) : new PayloadValue.Null();
    }
}
