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
  for (const { name, value } of executed.flatMap(handedIn)) {
    if (values.has(name))
      throw new DataError(`value must be handed on once; ${name} is handed on twice: rename one`);
    values.set(name, value);
  }
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A cell of a notebook, by the notebook's file name. */
export interface CellPlace {
  readonly notebook: string;
  readonly cell: string;
}

/** Tells which cell hands on each value, by the value's name. */
export function placesOfValues(executed: readonly string[]): ReadonlyMap<string, CellPlace> {
  return new Map(
    executed
      .flatMap(handedIn)
      .map(({ name, notebook, cell }): [string, CellPlace] => [name, { notebook, cell }]),
  );
}

interface Handed extends CellPlace {
  readonly name: string;
  readonly value: HandedValue;
}

function handedIn(path: string): Handed[] {
  const notebook = basename(path);
  const key = basename(path, ".ipynb").replace(/^\d+-/, "");
  return readNotebook(path).cells.flatMap(({ id = "", outputs = [] }) =>
    outputs.flatMap(({ data }) => {
      const handed = parseData(data?.[mime.values] ?? {}, handedSchema, { ...handedSource, path });
      return Object.entries(handed).map(([name, value]) => ({
        name: `${key}.${name}`,
        value,
        notebook,
        cell: id,
      }));
    }),
  );
}
