// Writes tables and plot out of the results into README.md: node write.mjs [--check] [FOLDER]
// FOLDER holds README.md and results/; default: the folder above. --check writes nothing and fails where something differs.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parts, tellers } from "./parts.mjs";
import { plot } from "./plot.mjs";
import { machine, table } from "./tables.mjs";

const options = process.argv.slice(2);
const isCheck = options.includes("--check");
const folder = options.find((option) => !option.startsWith("--")) ?? dirname(dirname(fileURLToPath(import.meta.url)));
const different = [];

const measured = [];
let page = readFileSync(join(folder, "README.md"), "utf8");
for (const { part, groups } of parts) {
  const file = join(folder, "results", `${part}.json`);
  if (!existsSync(file)) {
    continue;
  }
  const results = JSON.parse(readFileSync(file, "utf8"));
  const tables = [];
  for (const definition of groups) {
    const found = results.groups.find((group) => group.group === definition.group);
    if (found !== undefined) {
      tables.push(table(definition, found));
      if (definition.base !== undefined) {
        measured.push({ definition, rows: found.rows });
      }
    }
  }
  page = between(page, part, `${tables.join("\n\n")}\n\n${machine(results)}`);
}

for (const name of tellers) {
  const file = join(folder, "results", `${name}.md`);
  if (existsSync(file) && page.includes(`<!-- begin ${name} -->`)) {
    page = between(page, name, readFileSync(file, "utf8").trim());
  }
}

write("README.md", page);
if (measured.length > 0) {
  write("results/times.svg", plot(measured));
}
if (different.length > 0) {
  console.error(`Not as the results have it: ${different.join(", ")}. Write anew: node tests/Benchmarks/report/write.mjs`);
  process.exit(1);
}

function between(text, name, content) {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) {
    console.error(`README.md has no "${begin}" with its end.`);
    process.exit(1);
  }
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}

function write(name, content) {
  const file = join(folder, name);
  if (existsSync(file) && readFileSync(file, "utf8") === content) {
    return;
  }
  if (isCheck) {
    different.push(name);
  } else {
    writeFileSync(file, content);
  }
}
