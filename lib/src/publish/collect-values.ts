import { basename } from "node:path";
import * as v from "valibot";
import { parseData } from "../measure/parse-json.ts";
import { DataError } from "../measure/study-error.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import type { HandedValue } from "./hand-on.ts";
import { mime } from "./mime.ts";
import { readNotebook } from "./notebook.ts";

/** Values by `<notebook>.<name>`, where `01-scheduling-delay.ipynb` is `scheduling-delay`. */
export type HandedValues = Readonly<Record<string, HandedValue>>;

const handedSchema: v.GenericSchema<unknown, HandedValues> = v.record(
  v.string(),
  v.nullable(v.union([v.string(), v.number(), v.boolean()])),
);
const handedSource = { noun: "value of a notebook", remedy: "execute it again" };

/** Writes the values that executed notebooks hand on, as one JSON object. @throws DataError as `handedValues` does. */
export function collectValues(executed: readonly string[], path: string): void {
  writeAtomically(path, `${JSON.stringify(handedValues(executed), null, 1)}\n`);
}

/** Reads the values that executed notebooks hand on, by name. @throws DataError if a value is handed on twice. */
export function handedValues(executed: readonly string[]): HandedValues {
  const values = new Map<string, HandedValue>();
  for (const notebook of executed) {
    const key = basename(notebook, ".ipynb").replace(/^\d+-/, "");
    const outputs = readNotebook(notebook).cells.flatMap((cell) => cell.outputs ?? []);
    for (const { data } of outputs) {
      const handed = parseData(data?.[mime.values] ?? {}, handedSchema, { ...handedSource, path: notebook });
      for (const [name, value] of Object.entries(handed)) {
        const whole = `${key}.${name}`;
        if (values.has(whole))
          throw new DataError(`value must be handed on once; ${whole} is handed on twice: rename one`);
        values.set(whole, value);
      }
    }
  }
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}
