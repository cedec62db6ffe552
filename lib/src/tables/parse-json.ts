import * as v from "valibot";
import { DataError } from "../measure/study-error.ts";

export interface JsonFile {
  /** What errors call the file: "manifest". */
  readonly noun: string;
  readonly path: string;
  readonly remedy: string;
}

/**
 * Parses JSON that comes from outside this process, and checks it by its schema.
 *
 * @throws {DataError} naming the file, the first field that is not as it must be, and what to do.
 */
export function parseJson<T>(text: string, schema: v.GenericSchema<unknown, T>, file: JsonFile): T {
  const damaged = (problem: string, cause?: unknown) =>
    new DataError(`${file.noun} is damaged: ${file.path} (${problem}); ${file.remedy}`, { cause });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw damaged(String(cause), cause);
  }
  const result = v.safeParse(schema, data, { abortEarly: true });
  if (result.success) return result.output;
  const [{ expected, received, type }] = result.issues;
  const field = v.getDotPath(result.issues[0]) ?? "content";
  if (expected === "never") throw damaged(`${field} is not known`);
  if (received === "undefined") throw damaged(`${field} is missing`);
  throw damaged(`${field} must be ${expected ?? type}; got ${received}`);
}
