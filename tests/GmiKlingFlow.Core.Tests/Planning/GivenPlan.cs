using System.Buffers;
using System.Text;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Planning.Saving;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Looks into plans.</summary>
internal static class GivenPlan
{
    public static string Json(PayloadValue.Object payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, PayloadWriter.WireOptions))
        {
            PayloadWriter.Write(json, payload, PayloadFill.None, requireKnown: false);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Text(Plan plan, PlanOrigin? origin = null)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(stream, plan, origin);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <returns>A member of the job's first face entry, as it will be sent.</returns>
    public static PayloadValue Member(PlannedJob job, string name) => Entries(job)[0].Members.Single(member => member.Key == name).Value;

    public static IReadOnlyList<PayloadValue.Object> Entries(PlannedJob job) =>
    [
        .. ((PayloadValue.Array)job.Steps[^1].Payload.Members.Single(member => member.Key == "face_choose").Value).Items.Cast<PayloadValue.Object>(),
    ];
}
