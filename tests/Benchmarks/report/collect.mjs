// Folds the lines of one part's measurements into its results: node collect.mjs PART LINES MACHINE OUTPUT
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const [part, lines, machine, output] = process.argv.slice(2);
const groups = new Map();
for (const line of readFileSync(lines, "utf8").split("\n").filter(Boolean).map((text) => JSON.parse(text))) {
  const rows = groups.get(line.group) ?? groups.set(line.group, new Map()).get(line.group);
  const row = rows.get(line.name) ?? rows.set(line.name, { name: line.name }).get(line.name);
  if (line.wall !== undefined) {
    (row.wall_ms ??= []).push(milliseconds(line.wall));
    (row.cpu_ms ??= []).push(milliseconds(line.cpu));
  }
  if (line.memory !== undefined) {
    row.memory_mb = Math.max(row.memory_mb ?? 0, Math.round(line.memory / 102.4) / 10);
  }
  for (const [name, value] of Object.entries(line.facts ?? {})) {
    ((row.facts ??= {})[name] ??= []).push(value);
  }
}

if (groups.size === 0) {
  console.error(`No measurements of "${part}".`);
  process.exit(1);
}

const results = {
  part,
  date: new Date().toISOString().slice(0, 10),
  machine: JSON.parse(readFileSync(machine, "utf8")),
  groups: [...groups].map(([group, rows]) => ({ group, rows: [...rows.values()] })),
};
mkdirSync(dirname(output), { recursive: true });
// Short lists of numbers on one line: a diff shows what changed.
writeFileSync(output, JSON.stringify(results, null, 2).replace(/\[\s+([-\d.,\s]+?)\s+\]/g, (_, numbers) => `[${numbers.replace(/\s+/g, " ")}]`) + "\n");

function milliseconds(seconds) {
  return Math.round(seconds * 1e5) / 100;
}
