// Tables in Markdown out of results.
import { median, quantile, ratios, short } from "./numbers.mjs";

/** One table for a group: times as multiples of the base's, round by round. */
export function table({ title, base }, { rows }) {
  if (base === undefined) {
    return facts(rows);
  }
  const yardstick = rows.find((row) => row.name === base);
  if (yardstick === undefined) {
    throw new Error(`No "${base}" among ${rows.map((row) => row.name).join(", ")}`);
  }
  const extra = [...new Set(rows.flatMap((row) => Object.keys(row.facts ?? {})))];
  const hasMemory = rows.some((row) => row.memory_mb !== undefined);
  const head = [`${title}, ${yardstick.wall_ms.length === 1 ? "1 round" : `${yardstick.wall_ms.length} rounds`}`, "wall, times", "half of the rounds", "CPU, times", ...(hasMemory ? ["peak memory, MB"] : []), "wall, ms", ...extra];
  return lines(head, rows.map((row) => {
    const wall = ratios(row.wall_ms, yardstick.wall_ms);
    return [
      row === yardstick ? `**${row.name}**` : row.name,
      short(median(wall)),
      row === yardstick ? "" : `${short(quantile(wall, 0.25))} to ${short(quantile(wall, 0.75))}`,
      short(median(ratios(row.cpu_ms, yardstick.cpu_ms))),
      ...(hasMemory ? [row.memory_mb === undefined ? "" : short(row.memory_mb)] : []),
      short(median(row.wall_ms)),
      ...extra.map((name) => (row.facts?.[name] === undefined ? "" : short(median(row.facts[name])))),
    ];
  }));
}

function facts(rows) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.facts)))];
  return lines(["what", ...names], rows.map((row) => [row.name, ...names.map((name) => (row.facts[name] === undefined ? "" : short(median(row.facts[name]))))]));
}

function lines(head, rows) {
  return [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Where and when it was measured. */
export function machine({ date, machine: m }) {
  const versions = Object.entries(m.versions).map(([name, version]) => `${name} ${version}`).join(", ");
  return `${date}, gkflow at ${m.commit}: ${m.cores} cores of ${m.cpu}, ${m.memory_gb} GB; ${m.system}; ${versions}.`;
}
