// Reads {"schema": "...path", "documents": [{"name", "value"}]} from standard input; answers {"results": [{"name", "valid", "errors"}]}.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const task = JSON.parse(readFileSync(0, "utf8"));
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats(ajv);
const schema = JSON.parse(readFileSync(task.schema, "utf8"));
if (!ajv.validateSchema(schema)) {
  console.error(JSON.stringify(ajv.errors));
  process.exit(1);
}

const validate = ajv.compile(schema);
const results = task.documents.map(({ name, value }) => {
  const valid = validate(value);
  return { name, valid, errors: valid ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`) };
});
process.stdout.write(JSON.stringify({ results }));
