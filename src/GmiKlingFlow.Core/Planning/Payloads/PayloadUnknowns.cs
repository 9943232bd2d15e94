using System.Globalization;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>Finds what of a payload is not known yet.</summary>
internal static class PayloadUnknowns
{
    /// <returns>JSON pointers (RFC 6901) in document order.</returns>
    public static IReadOnlyList<string> Of(PayloadValue.Object payload)
    {
        List<string>? found = null;
        Walk(payload, "", ref found);
        return (IReadOnlyList<string>?)found ?? [];
    }

    private static void Walk(PayloadValue value, string pointer, ref List<string>? found)
    {
        switch (value)
        {
            case PayloadValue.Unknown:
                (found ??= []).Add(pointer);
                break;
            case PayloadValue.Array array:
                for (var i = 0; i < array.Items.Count; i++)
                {
                    Walk(array.Items[i], string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"), ref found);
                }

                break;
            case PayloadValue.Object members:
                foreach (var (name, member) in members.Members)
                {
                    // Plain values are most of a payload; they need no pointer.
                    if (member is PayloadValue.Unknown or PayloadValue.Array or PayloadValue.Object)
                    {
                        Walk(member, $"{pointer}/{Escaped(name)}", ref found);
                    }
                }

                break;
        }
    }

    private static string Escaped(string name) =>
        name.AsSpan().ContainsAny('~', '/')
            ? name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : name;
}
