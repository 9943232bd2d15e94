// Bars of times as multiples of a base's time, on a log axis: one panel for each group.
import { isOurs, median, quantile, ratios, short } from "./numbers.mjs";

const [width, left, right, bar, gap] = [860, 250, 90, 14, 8];

export function plot(groups) {
  const panels = groups.map(({ definition, rows }) => panel(definition, rows));
  const values = panels.flatMap((p) => p.bars.flatMap((b) => [b.low, b.high]));
  const first = Math.floor(Math.log10(Math.min(...values, 0.5)));
  const last = Math.ceil(Math.log10(Math.max(...values, 2)));
  const x = (value) => left + ((Math.log10(value) - first) / (last - first)) * (width - left - right);

  let y = 92;
  const body = [];
  for (const { title, base, bars } of panels) {
    body.push(text(16, y + 12, "title", `${title} (1 = ${base})`));
    y += 26;
    for (const b of bars) {
      const [from, to] = b.value < 1 ? [x(b.value), x(1)] : [x(1), x(b.value)];
      const kind = isOurs(b.name) ? "ours" : b.value < 1 ? "faster" : "peer";
      body.push(
        text(left - 10, y + 11, "name", b.name),
        `<rect class="${kind}" x="${n(from)}" y="${y}" width="${n(Math.max(to - from, 1))}" height="${bar}"/>`,
        `<path class="half" d="M${n(x(b.low))} ${y + bar / 2}H${n(x(b.high))}"/>`,
        text(x(Math.max(b.high, 1)) + 6, y + 11, "value", short(b.value)),
      );
      y += bar + gap;
    }
    y += 14;
  }

  const axis = [];
  for (let power = first; power <= last; power++) {
    axis.push(`<path class="${power === 0 ? "one" : "grid"}" d="M${n(x(10 ** power))} 86V${y - 10}"/>`, ...[80, y + 6].map((at) => text(x(10 ** power), at, "tick", String(10 ** power))));
  }
  const height = y + 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Wall time of gkflow and its peers as multiples of a base">
<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 } .name { text-anchor: end } .tick { text-anchor: middle; fill: #59636e } .value { font-variant-numeric: tabular-nums }
.ours { fill: #1a7f37 } .peer { fill: #8c959f } .faster { fill: #bc4c00 }
.grid { stroke: #d1d9e0; fill: none } .one { stroke: #59636e; stroke-width: 1.5; fill: none } .half { stroke: #1f2328; stroke-width: 1.5; fill: none }
.paper { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .tick { fill: #9198a1 }
  .ours { fill: #3fb950 } .peer { fill: #6e7681 } .faster { fill: #f0883e }
  .grid { stroke: #30363d } .one { stroke: #9198a1 } .half { stroke: #e6edf3 }
  .paper { fill: #0d1117 }
}
</style>
<rect class="paper" width="${width}" height="${height}"/>
${legend()}
${axis.join("\n")}
${body.join("\n")}
</svg>
`;
}

function panel({ title, base }, rows) {
  const yardstick = rows.find((row) => row.name === base);
  return {
    title,
    base,
    bars: rows.filter((row) => row !== yardstick).map((row) => {
      const all = ratios(row.wall_ms, yardstick.wall_ms);
      return { name: row.name, value: median(all), low: quantile(all, 0.25), high: quantile(all, 0.75) };
    }),
  };
}

function legend() {
  const parts = [text(16, 22, "title", "Wall time, as a multiple of each panel's base. Log axis; the thin line is where half of the rounds lie.")];
  let at = 16;
  for (const [kind, label] of [["ours", "gkflow"], ["peer", "a peer that takes longer than the base"], ["faster", "a peer that is faster than the base"]]) {
    parts.push(`<rect class="${kind}" x="${at}" y="36" width="12" height="12"/>`, text(at + 18, 46, "legend", label));
    at += 50 + label.length * 6.5;
  }
  return parts.join("\n");
}

function text(x, y, kind, content) {
  return `<text class="${kind}" x="${n(x)}" y="${n(y)}">${content.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
}

function n(value) {
  return String(Math.round(value * 10) / 10);
}
