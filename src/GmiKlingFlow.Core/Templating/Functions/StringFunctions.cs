using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>string.*</c>, as in Scriban; culture and case by the invariant rules, comparison by code unit.</summary>
internal static partial class StringFunctions
{
    private static readonly Parameter Input = Parameter.Text("text");

    public static readonly Function[] All =
    [
        new("string", "append", a => a.Make(a.Text(0) + a.Text(1)), Input, Parameter.Text("with")),
        new("string", "base64_decode", Base64Decode, Input),
        new("string", "base64_encode", a => a.Make(Convert.ToBase64String(Encoding.UTF8.GetBytes(a.Text(0)))), Input),
        new("string", "capitalize", Capitalize, Input),
        new("string", "capitalizewords", CapitalizeWords, Input),
        new("string", "contains", a => Test(a, static (text, value) => text.Contains(value, StringComparison.Ordinal)), Input, Parameter.Text("value")) { GivesBoolean = true },
        new("string", "downcase", a => Change(a, static t => t.ToLowerInvariant()), Input),
        new("string", "empty", a => Arguments.Of(a.Text(0).Length == 0), Input) { GivesBoolean = true },
        new("string", "ends_with", a => Test(a, static (text, value) => text.EndsWith(value, StringComparison.Ordinal)), Input, Parameter.Text("value")) { GivesBoolean = true },
        new("string", "equals_ignore_case", EqualsIgnoreCase, Input, Parameter.Text("value")) { GivesBoolean = true },
        new("string", "escape", a => Change(a, Escape), Input),
        new("string", "handleize", Handleize, Input),
        new("string", "index_of", IndexOf, Input, Parameter.Text("search"), Parameter.Integer("start_index").OrNull()),
        new("string", "literal", a => Change(a, static t => $"\"{Escape(t)}\""), Input),
        new("string", "lstrip", a => Change(a, static t => t.TrimStart()), Input),
        new("string", "md5", a => Hash(a, System.Security.Cryptography.MD5.HashData), Input),
        new("string", "pad_left", a => Pad(a, static (text, width) => text.PadLeft(width)), Input, Parameter.Integer("width")),
        new("string", "pad_right", a => Pad(a, static (text, width) => text.PadRight(width)), Input, Parameter.Integer("width")),
        new("string", "pluralize", a => a.Integer(0) == 1 ? a[1] : a[2], Parameter.Integer("number"), Parameter.Text("singular"), Parameter.Text("plural")),
        new("string", "prepend", a => a.Make(a.Text(1) + a.Text(0)), Input, Parameter.Text("by")),
        new("string", "remove", Remove, Input, Parameter.Text("remove")),
        new("string", "remove_first", a => ReplaceOne(a, "", fromEnd: false), Input, Parameter.Text("remove")),
        new("string", "remove_last", a => ReplaceOne(a, "", fromEnd: true), Input, Parameter.Text("remove")),
        new("string", "replace", Replace, Input, Parameter.Text("match"), Parameter.Text("replace")),
        new("string", "replace_first", a => ReplaceOne(a, a.Text(2), fromEnd: false), Input, Parameter.Text("match"), Parameter.Text("replace")),
        new("string", "rstrip", a => Change(a, static t => t.TrimEnd()), Input),
        new("string", "sha1", a => Hash(a, System.Security.Cryptography.SHA1.HashData), Input),
        new("string", "sha256", a => Hash(a, System.Security.Cryptography.SHA256.HashData), Input),
        new("string", "sha512", a => Hash(a, System.Security.Cryptography.SHA512.HashData), Input),
        new("string", "size", a => Arguments.Of(a.Text(0).Length), Input),
        new("string", "slice", a => Slice(a, a.Text(0).Length), Input, Parameter.Integer("start"), Parameter.Integer("length").OrNull()),
        new("string", "slice1", a => Slice(a, 1), Input, Parameter.Integer("start"), Parameter.Integer("length").OrNull()),
        new("string", "split", Split, Input, Parameter.Text("match")),
        new("string", "starts_with", a => Test(a, static (text, value) => text.StartsWith(value, StringComparison.Ordinal)), Input, Parameter.Text("value")) { GivesBoolean = true },
        new("string", "strip", a => Change(a, static t => t.Trim()), Input),
        new("string", "strip_newlines", a => a.Make(a.Text(0).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)), Input),
        new("string", "to_double", ToDouble, Input),
        new("string", "to_int", a => int.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? Arguments.Of(n) : Arguments.Null, Input),
        new("string", "to_long", a => long.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? Arguments.Of(n) : Arguments.Null, Input),
        new("string", "truncate", Truncate, Input, Parameter.Integer("length"), Parameter.Text("ellipsis").Or(new TemplateValue.Text("..."))),
        new("string", "truncatewords", TruncateWords, Input, Parameter.Integer("count")),
        new("string", "upcase", a => Change(a, static t => t.ToUpperInvariant()), Input),
        new("string", "whitespace", a => Arguments.Of(string.IsNullOrWhiteSpace(a.TextOrNull(0))), Input) { GivesBoolean = true },
    ];

    // Null stays null.
    private static TemplateValue? Change(Arguments a, Func<string, string> change) => a.TextOrNull(0) is { } text ? a.Make(change(text)) : a[0];

    // Nothing contains, starts with or ends with the empty text.
    private static TemplateValue Test(Arguments a, Func<string, string, bool> test) =>
        Arguments.Of(a.Text(0).Length > 0 && a.Text(1).Length > 0 && test(a.Text(0), a.Text(1)));

    private static TemplateValue EqualsIgnoreCase(Arguments a) =>
        Arguments.Of(string.Equals(a.TextOrNull(0), a.TextOrNull(1), StringComparison.OrdinalIgnoreCase));

    private static TemplateValue? Pad(Arguments a, Func<string, int, string> pad)
    {
        var width = Math.Max(a.Integer(1), 0);
        return a.MayMakeText(Math.Max(width, a.Text(0).Length)) ? new TemplateValue.Text(pad(a.Text(0), (int)width)) : null;
    }

    private static TemplateValue? Hash(Arguments a, Func<byte[], byte[]> hash) => a.Make(Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(a.Text(0)))));

    private static TemplateValue? Base64Decode(Arguments a)
    {
        try
        {
            return a.Make(Encoding.UTF8.GetString(Convert.FromBase64String(a.Text(0))));
        }
        catch (FormatException)
        {
            return a.Unfit(0, "a Base64 text");
        }
    }

    private static TemplateValue ToDouble(Arguments a) =>
        double.TryParse(a.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new TemplateValue.Float(number)
            : Arguments.Null;
}
