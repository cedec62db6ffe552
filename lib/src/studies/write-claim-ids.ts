import { DataError } from "../measure/study-error.ts";
import type { Study } from "./study.ts";

/**
 * Writes the module that lists the ids of all claims, so that code which names one that is not there does not compile.
 *
 * @throws {DataError} when two claims have one id.
 */
export function writeClaimIds(studies: readonly Pick<Study, "claims">[]): string {
  const ids = studies.flatMap(({ claims }) => claims.map(({ id }) => id)).sort();
  const twice = ids.find((id, i) => ids[i - 1] === id);
  if (twice !== undefined) throw new DataError(`two claims have the id ${twice}; rename one of them`);
  return [
    "// Written by `scheduling-safety generate` from the claims of the studies; do not edit.",
    "",
    "/** A claim of the study. */",
    "export type ClaimId =",
    `${ids.map((id) => `  | "${id}"`).join("\n")};`,
    "",
  ].join("\n");
}
