using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Writes the page: one HTML file with its style, its script and its data in it, which asks nobody for anything.</summary>
internal static class ReportPage
{
    /// <summary>How every report begins: what does not is somebody else's file.</summary>
    public const string Mark = "<!doctype html>\n<!-- gkflow report -->\n";

    private const string Folder = "report/";

    // One module: what a part uses of another stands in a file before it only where it runs at once.
    private static readonly string[] Scripts =
        ["dom.js", "words.js", "model.js", "phases.js", "filter.js", "flowchart.js", "clips.js", "players.js", "details.js", "rows.js", "head.js", "keys.js", "page.js"];

    // Letters of every script stay readable; "<", ">", "&" and quotes become \u003C and the like, so that no text can end the script element.
    private static readonly JsonTypeInfo<ReportModel> InPage = (JsonTypeInfo<ReportModel>)new JsonSerializerOptions(ReportJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    }.GetTypeInfo(typeof(ReportModel));

    public static void Write(Stream stream, ReportModel model)
    {
        var style = Resource("report.css");
        var script = string.Concat(Scripts.Select(Resource));
        var parts = Resource("report.html").Split("<!--", StringSplitOptions.None);
        Text(stream, parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var end = part.IndexOf("-->", StringComparison.Ordinal);
            switch (part[..end])
            {
                case "title":
                    Text(stream, HtmlEncoder.Default.Encode(model.Title));
                    break;
                case "policy":
                    Text(stream, Policy(style, script));
                    break;
                case "style":
                    Text(stream, style);
                    break;
                case "data":
                    JsonSerializer.Serialize(stream, model, InPage);
                    break;
                case "script":
                    Text(stream, script);
                    break;
                default:
                    Text(stream, $"<!--{part[..end]}-->");
                    break;
            }

            Text(stream, part[(end + 3)..]);
        }
    }

    /// <summary>Nothing but this style, this script, pictures in the page and media files beside it.</summary>
    private static string Policy(string style, string script) =>
        $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src data:; media-src 'self' file:; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"The page's part {name} is not in the program.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static void Text(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
