// Reads {"schema": "...path", "documents": [{"name", "value"}]} from standard input; answers {"results": [{"name", "valid", "errors"}]}.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const task = JSON.parse(readFileSync(0, "utf8"));
const schema = JSON.parse(readFileSync(task.schema, "utf8"));

// SARIF's own schema is of draft 4, which ajv left behind: but for the name of "id" it means the same in draft 7.
const isOld = schema.$schema === "http://json-schema.org/draft-04/schema#";
if (isOld) {
  delete schema.id;
  delete schema.$schema;
}

const ajv = isOld ? new Ajv({ strict: false, unicodeRegExp: false, allErrors: true }) : new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats(ajv);
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
