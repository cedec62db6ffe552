import * as v from "valibot";
import { DataError } from "./study-error.ts";

/** Where data come from, for the error that says what is wrong with them. */
export interface DataSource {
  /** What errors call it: "manifest". */
  readonly noun: string;
  /** None for a message. */
  readonly path?: string;
  readonly remedy: string;
}

/**
 * Parses JSON that comes from outside this process, and checks it by its schema.
 *
 * @throws {DataError} naming the source, the first field that is not as it must be, and what to do.
 */
export function parseJson<T>(text: string, schema: v.GenericSchema<unknown, T>, source: DataSource): T {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw damaged(source, String(cause), cause);
  }
  return parseData(data, schema, source);
}

/**
 * Checks data that comes from outside this process, such as another one's message, by its schema.
 *
 * @throws {DataError} as `parseJson` does.
 */
export function parseData<T>(data: unknown, schema: v.GenericSchema<unknown, T>, source: DataSource): T {
  const result = v.safeParse(schema, data, { abortEarly: true });
  if (result.success) return result.output;
  const [{ expected, received, type }] = result.issues;
  const field = v.getDotPath(result.issues[0]) ?? "content";
  if (expected === "never") throw damaged(source, `${field} is not known`);
  if (received === "undefined") throw damaged(source, `${field} is missing`);
  throw damaged(source, `${field} must be ${expected ?? type}; got ${received}`);
}

function damaged({ noun, path, remedy }: DataSource, problem: string, cause?: unknown): DataError {
  const where = path === undefined ? "" : `: ${path}`;
  return new DataError(`${noun} is damaged${where} (${problem}); ${remedy}`, { cause });
}
