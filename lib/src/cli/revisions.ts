import { join } from "node:path";
import * as v from "valibot";
import { parseJson } from "../measure/parse-json.ts";
import { projectRoot } from "../measure/project-root.ts";
import { readText } from "../tables/regular-file.ts";

/** One statement or sentence that was mended, and why. */
export interface Revision {
  /** A claim's id, or the file that a sentence stands in. */
  readonly of: string;
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

const text = v.pipe(v.string(), v.nonEmpty());
const schema: v.GenericSchema<unknown, Revision[]> = v.array(
  v.strictObject({ of: text, before: text, after: text, why: text }),
);

/**
 * Reads what was revised in the ledger and in the article.
 *
 * @throws {DataError} when the file is missing or has another form.
 */
export function readRevisions(path = join(projectRoot, "data", "ledger", "revisions.json")): Revision[] {
  const remedy = "restore it from version control";
  return parseJson(readText(path, "list of revisions", remedy), schema, {
    noun: "list of revisions",
    path,
    remedy,
  });
}
