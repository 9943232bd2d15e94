using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

/// <summary>Delay against looks, both on logarithmic scales: one panel for each kind of durations.</summary>
internal static class WaitingPlot
{
    /// <param name="best">For each panel, the least delay there is for so many looks.</param>
    public static string Draw(
        IReadOnlyList<string> panels, IReadOnlyList<(string Way, int Durations, WaitingFigures Figures)> points, IReadOnlyList<List<(double Looks, double Delay)>> best)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {40 + (260 * ((panels.Count + 3) / 4))}" font-family="sans-serif" font-size="11">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/><text x="10" y="20">Delay (% of a request's duration, upwards) against looks at a request. Blue: gkflow; grey: other ways; line: the best possible, distribution known; box: 5 % and 8 looks.</text>""");
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var (left, top) = (20 + (panel % 4 * 245), 40 + (panel / 4 * 260));
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{left}" y="{top}" width="225" height="220" fill="none" stroke="#999"/><text x="{left + 6}" y="{top + 14}">{panels[panel]}</text>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{left}" y="{top + Y(0.05):0}" width="{X(8):0}" height="{220 - Y(0.05):0}" fill="#cfe8cf"/>""");
            foreach (var looks in new[] { 10, 100 })
            {
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="M{left + X(looks):0} {top}v220" stroke="#ddd"/><text x="{left + X(looks) + 2:0}" y="{top + 216}" fill="#666">{looks}</text>""");
            }

            foreach (var delay in new[] { 0.01, 0.1, 1 })
            {
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="M{left} {top + Y(delay):0}h225" stroke="#ddd"/><text x="{left + 222}" y="{top + Y(delay) - 2:0}" text-anchor="end" fill="#666">{delay * 100}%</text>""");
            }

            svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{string.Join(' ', best[panel].Select(at => string.Create(CultureInfo.InvariantCulture, $"{left + X(at.Looks):0.0},{top + Y(at.Delay):0.0}")))}" fill="none" stroke="#2a8a3a" stroke-width="1.5"/>""");
            foreach (var (way, _, figures) in points.Where(p => p.Durations == panel))
            {
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{left + X(figures.Looks):0.0}" cy="{top + Y(figures.Delay):0.0}" r="4" fill="{(way == "gkflow" ? "#1f5fbf" : "#888")}"><title>{way}: {figures.Delay:0.0%}, {figures.Looks:0.0} looks</title></circle>""");
            }
        }

        return svg.AppendLine("</svg>").ToString();
    }

    // 1 to 300 looks; 0.3 % to 400 %.
    private static double X(double looks) => 225 * Math.Clamp(Math.Log(looks) / Math.Log(300), 0, 1);

    private static double Y(double delay) => 220 * (1 - Math.Clamp(Math.Log(delay / 0.003) / Math.Log(4 / 0.003), 0, 1));
}
